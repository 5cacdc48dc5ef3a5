/** How many pairs the rules proposed, of which type, and what became of them. */
import { z } from 'zod';
import { pairTypeSchema } from '@/lib/domain/pair';

const count = z.int().nonnegative();

/** What each iteration and type counts; of an iteration, only the types that have pairs. */
export const pairYieldSchema = z.object({
  iterationId: z.uuid(),
  k: count,
  type: pairTypeSchema,
  /** All that are proposed and were not withdrawn since, whatever was decided: the three that follow add up to it. */
  pairs: count,
  undecided: count,
  approved: count,
  rejected: count,
  /** Among them: a text was rewritten. */
  edited: count,
  /** Among them: a frozen set lists it. */
  frozen: count,
});
export type PairYield = z.infer<typeof pairYieldSchema>;

/** Groups that pairs are made of: those of everything but evaluations. */
export const pairGroupsSchema = z.object({ iterationId: z.uuid(), k: count, groups: count });
export type PairGroups = z.infer<typeof pairGroupsSchema>;

export const pairYieldsSchema = z.object({ yields: z.array(pairYieldSchema), groups: z.array(pairGroupsSchema) });
export type PairYields = z.infer<typeof pairYieldsSchema>;

/** Pairs per 100 groups; null without a group. More than 100 where groups give several. */
export const per100Groups = (pairs: number, groups: number): number | null =>
  groups === 0 ? null : (100 * pairs) / groups;

/** Groups of an iteration; 0 for one that has none. */
export const groupsOf = ({ groups }: PairYields, iterationId: string): number =>
  groups.find((each) => each.iterationId === iterationId)?.groups ?? 0;

export type YieldTotal = { readonly pairs: number; readonly approved: number; readonly frozen: number };

/** The sum over yields. */
export const sumYields = (yields: readonly PairYield[]): YieldTotal => ({
  pairs: yields.reduce((sum, { pairs }) => sum + pairs, 0),
  approved: yields.reduce((sum, { approved }) => sum + approved, 0),
  frozen: yields.reduce((sum, { frozen }) => sum + frozen, 0),
});
