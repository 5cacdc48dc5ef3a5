/** What a person may say about one check of a rollout, and the history that follows from what people said. */
import { z } from 'zod';
import { type Check, checkSchema, consistencySchema, lengthClassSchema, type Standing } from './verdict';

/** The value that a check may be corrected to. */
export const correctionSchema = z.discriminatedUnion('check', [
  z.object({ check: z.literal('format'), value: z.boolean() }),
  z.object({ check: z.literal('accuracy'), value: z.boolean() }),
  z.object({ check: z.literal('consistency'), value: consistencySchema }),
  z.object({ check: z.literal('repetition'), value: z.boolean() }),
  z.object({ check: z.literal('length'), value: lengthClassSchema }),
]);
export type VerdictCorrection = z.infer<typeof correctionSchema>;
export type OutcomeValue = VerdictCorrection['value'] | null;

/** One act as it is stored: append-only, oldest first. */
export const verdictActSchema = z.object({
  id: z.uuid(),
  check: checkSchema,
  action: z.enum(['correct', 'withdraw']),
  /** The corrected value; null for a withdrawal. */
  value: z.union([z.boolean(), z.string()]).nullable(),
  reason: z.string().nullable(),
  /** Null when the person was removed. */
  author: z.string().nullable(),
  at: z.iso.datetime(),
});
export type VerdictAct = z.infer<typeof verdictActSchema>;

export type HistoryEntry = VerdictAct & { readonly before: VerdictAct['value']; readonly after: VerdictAct['value'] };

/** What a standing says about a check, in the values that corrections use. */
export const outcomeOf = (standing: Partial<Standing>, check: Check): OutcomeValue => {
  const outcomes: Record<Check, OutcomeValue | undefined> = {
    format: standing.wellFormed,
    accuracy: standing.correct,
    consistency: standing.consistency,
    repetition: standing.repetitive,
    length: standing.lengthClass,
  };
  return outcomes[check] ?? null;
};

/** Every act with what stood before and after it, newest first. A withdrawal brings back what the verifier decided. */
export const historyOf = (decided: Standing, acts: readonly VerdictAct[]): HistoryEntry[] => {
  const standing = new Map<Check, VerdictAct['value']>();
  return acts
    .map((act) => {
      const before = standing.has(act.check) ? (standing.get(act.check) ?? null) : outcomeOf(decided, act.check);
      const after = act.action === 'correct' ? act.value : outcomeOf(decided, act.check);
      standing.set(act.check, after);
      return { ...act, before, after };
    })
    .reverse();
};

/** The checks whose last act is a correction. */
export const correctedChecks = (acts: readonly VerdictAct[]): ReadonlySet<Check> =>
  new Set(
    [...Map.groupBy(acts, ({ check }) => check)].flatMap(([check, own]) =>
      own.at(-1)?.action === 'correct' ? [check] : [],
    ),
  );
