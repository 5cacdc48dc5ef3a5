/** Preference pairs: what DPO learns from, and the life of one from proposal to a frozen set. */
import { z } from 'zod';

export const pairTypes = ['accuracy', 'consistency', 'penalty', 'reflection', 'length'] as const;
export const pairTypeSchema = z.enum(pairTypes);
export type PairType = z.infer<typeof pairTypeSchema>;

/** `frozen` is not a state of its own: a pair is frozen once a pair set lists it. */
export const pairStates = ['proposed', 'approved', 'rejected'] as const;
export const pairStateSchema = z.enum(pairStates);
export type PairState = z.infer<typeof pairStateSchema>;

/**
 * What a person or policy may do to a pair. `skip` leaves it undecided and moves it to the end of the queue;
 * `undo` takes the latest act that is not undone back. Every act is one append-only decision row.
 */
export const pairActions = [
  'approve',
  'reject',
  'swap',
  'skip',
  'replace_chosen',
  'replace_rejected',
  'edit',
  'undo',
] as const;
export const pairActionSchema = z.enum(pairActions);
export type PairAction = z.infer<typeof pairActionSchema>;

/** One side of a pair: the text, and the rollout it came from (null for composed or edited text). */
export const pairSideSchema = z.object({
  rolloutId: z.uuid().nullable(),
  text: z.string(),
});
export type PairSide = z.infer<typeof pairSideSchema>;
