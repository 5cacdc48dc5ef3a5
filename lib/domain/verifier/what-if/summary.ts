/** What a set of thresholds comes to: counts, from which the screen makes shares with their intervals. */
import { z } from 'zod';
import { pairTypeSchema, pairTypes } from '@/lib/domain/pair';
import { isGood, lengthClassSchema, type Standing } from '@/lib/domain/verdict';
import { TYPES } from './pair-turns';
import type { Stood } from './stand';
import { standings } from './standing-code';

const countSchema = z.int().nonnegative();

export const pairYieldSchema = z.object({
  byType: z.record(pairTypeSchema, countSchema),
  /** Groups that give a pair. */
  groups: countSchema,
});
export type PairYield = z.infer<typeof pairYieldSchema>;

export const summarySchema = z.object({
  rollouts: countSchema,
  /** With a truth to compare with. */
  judged: countSchema,
  correct: countSchema,
  consistent: countSchema,
  inconsistent: countSchema,
  undetermined: countSchema,
  /** Of the correct ones: what the consistency check is there for. */
  rightConsistent: countSchema,
  rightInconsistent: countSchema,
  rightUndetermined: countSchema,
  malformed: countSchema,
  repetitive: countSchema,
  lengths: z.record(lengthClassSchema, countSchema),
  good: countSchema,
  /** Null where no question has a truth. */
  meanReward: z.number().nullable(),
});
export type Summary = z.infer<typeof summarySchema>;

/** The counts of all rows. */
export const summaryOf = ({ codes, counts, reward, rewarded }: Stood): Summary => {
  const count = (test: (standing: Standing) => boolean): number =>
    standings.reduce((sum, standing, code) => sum + (test(standing) ? (counts[code] ?? 0) : 0), 0);
  return {
    rollouts: codes.length,
    judged: count(({ correct }) => correct !== null),
    correct: count(({ correct }) => correct === true),
    consistent: count(({ consistency }) => consistency === 'consistent'),
    inconsistent: count(({ consistency }) => consistency === 'inconsistent'),
    undetermined: count(({ consistency }) => consistency === 'undetermined'),
    rightConsistent: count(({ correct, consistency }) => correct === true && consistency === 'consistent'),
    rightInconsistent: count(({ correct, consistency }) => correct === true && consistency === 'inconsistent'),
    rightUndetermined: count(({ correct, consistency }) => correct === true && consistency === 'undetermined'),
    malformed: count(({ wellFormed }) => !wellFormed),
    repetitive: count(({ repetitive }) => repetitive),
    lengths: {
      too_short: count(({ lengthClass }) => lengthClass === 'too_short'),
      in_range: count(({ lengthClass }) => lengthClass === 'in_range'),
      too_long: count(({ lengthClass }) => lengthClass === 'too_long'),
      cut_off: count(({ lengthClass }) => lengthClass === 'cut_off'),
    },
    good: count(isGood),
    meanReward: rewarded === 0 ? null : reward / rewarded,
  };
};

/** The sums over `yieldAll`. */
export const pairYieldOf = (counts: Uint8Array): PairYield => {
  const sums = pairTypes.map(() => 0);
  let groups = 0;
  for (let at = 0; at < counts.length; at += TYPES) {
    let any = 0;
    for (let type = 0; type < TYPES; type++) {
      const pairs = counts[at + type] ?? 0;
      sums[type] = (sums[type] ?? 0) + pairs;
      any |= pairs;
    }
    if (any > 0) groups += 1;
  }
  const [accuracy = 0, consistency = 0, penalty = 0, reflection = 0, length = 0] = sums;
  return { byType: { accuracy, consistency, penalty, reflection, length }, groups };
};
