/**
 * What people and policies decided about pairs, and what people corrected in verdicts.
 *
 * Two counts that must not be mixed:
 * - **Standing**: each pair once, as it stands now. Who decided it is who made its last approval or rejection that no
 *   undo took back. An approved pair is `unchanged` when it holds what its rule proposed; else it was `swapped`,
 *   `replaced` (another sample on a side) or `edited` (a text rewritten), the last of these that fits its texts, whoever
 *   changed it.
 * - **Acts**: each act once, also those that an undo took back and those that a later act overruled.
 *
 * A decision without a policy is a person's, also when that person has left the project.
 */
import { z } from 'zod';
import { pairActionSchema, pairTypeSchema } from '@/lib/domain/pair';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { checkSchema } from '@/lib/domain/verdict';

const count = z.int().nonnegative();

export const deciders = ['people', 'policy'] as const;
export type DeciderKind = (typeof deciders)[number];

export const standings = ['unchanged', 'swapped', 'replaced', 'edited', 'rejected', 'undecided'] as const;
export type StandingOutcome = (typeof standings)[number];

const place = { iterationId: z.uuid(), k: count, type: pairTypeSchema } as const;

export const standingSchema = z.object({
  ...place,
  /** Null while undecided. */
  by: z.enum(deciders).nullable(),
  outcome: z.enum(standings),
  pairs: count,
});
export type Standing = z.infer<typeof standingSchema>;

export const actCountSchema = z.object({
  ...place,
  by: z.enum(deciders),
  action: pairActionSchema,
  acts: count,
  /** Among them: an undo took it back. An undo itself is never taken back. */
  undone: count,
});
export type ActCount = z.infer<typeof actCountSchema>;

export const correctionCountSchema = z.object({
  iterationId: z.uuid(),
  k: count,
  check: checkSchema,
  /** Rollouts whose last word on this check is a correction. */
  standing: count,
  /** Corrections ever made, and how often one was withdrawn. */
  corrections: count,
  withdrawals: count,
});
export type CorrectionCount = z.infer<typeof correctionCountSchema>;

export const decisionsSchema = z.object({
  standing: z.array(standingSchema),
  acts: z.array(actCountSchema),
  corrections: z.array(correctionCountSchema),
  /** Rollouts with a standing correction of any check. */
  corrected: z.array(z.object({ iterationId: z.uuid(), k: count, rollouts: count })),
});
export type Decisions = z.infer<typeof decisionsSchema>;

/** Pairs that meet a condition. */
export const countPairs = (standing: readonly Standing[], fits: (each: Standing) => boolean): number =>
  standing.filter(fits).reduce((sum, { pairs }) => sum + pairs, 0);

/**
 * How often people agree with the rules: pairs that people approved as they were proposed, of all pairs that people
 * decided. Skipped and undecided pairs, and those that a policy approved, count in neither.
 */
export const agreementOf = (standing: readonly Standing[]): Proportion =>
  proportion(
    countPairs(standing, ({ by, outcome }) => by === 'people' && outcome === 'unchanged'),
    countPairs(standing, ({ by }) => by === 'people'),
  );
