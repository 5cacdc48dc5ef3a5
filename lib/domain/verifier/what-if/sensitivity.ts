/**
 * What one threshold does over its whole range, the others as they are: counts at 41 values, and how its scores are
 * spread. From one value to the next only those rollouts are decided again whose score lies between the two.
 */
import { z } from 'zod';
import { isGood, type Standing } from '@/lib/domain/verdict';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { TYPES } from './pair-turns';
import { createStanding, type Snapshot } from './snapshot';
import { type Stood, standAll } from './stand';
import { codeOf, standings } from './standing-code';
import { histogramOf, inTurns } from './threshold-scores';
import { pointsOf, type ThresholdName, thresholdNameSchema } from './thresholds';
import { type YieldCounter, yieldAll } from './yields';

const pointSchema = z.object({
  value: z.number(),
  good: z.int(),
  /** What the threshold's own check counts: correct, repetitive, too short or too long; null for the reward. */
  own: z.int().nullable(),
  /** Pairs of all types; null while texts are unread. */
  pairs: z.int().nullable(),
  /** Of the format reward alone; null where no question has a truth. */
  meanReward: z.number().nullable(),
});
export const sensitivitySchema = z.object({
  name: thresholdNameSchema,
  points: z.array(pointSchema),
  /** Scores between two neighbouring values, the lower included, and with the last those above; empty for the reward. */
  bins: z.array(z.int()),
  /** Rollouts that have a score for it. */
  scored: z.int(),
});
export type Sensitivity = z.infer<typeof sensitivitySchema>;

const own: Record<ThresholdName, ((standing: Standing) => boolean) | null> = {
  minAccuracy: ({ correct }) => correct === true,
  minAccuracyGraded: ({ correct }) => correct === true,
  maxRepetition: ({ repetitive }) => repetitive,
  minThinkTokens: ({ lengthClass }) => lengthClass === 'too_short',
  maxThinkTokens: ({ lengthClass }) => lengthClass === 'too_long',
  formatReward: null,
};

const sumOf = (counts: Uint32Array, test: (standing: Standing) => boolean): number =>
  standings.reduce((sum, standing, code) => sum + (test(standing) ? (counts[code] ?? 0) : 0), 0);

const pointOf = (
  name: ThresholdName,
  value: number,
  stood: Stood,
  pairs: number | null,
): Sensitivity['points'][number] => {
  const test = own[name];
  return {
    value,
    good: sumOf(stood.counts, isGood),
    own: test && sumOf(stood.counts, test),
    pairs,
    meanReward: name !== 'formatReward' || stood.rewarded === 0 ? null : stood.reward / stood.rewarded,
  };
};

/** The mean reward is a straight line over the format reward: its two ends give the rest. */
const rewardPoints = (
  snapshot: Snapshot,
  settings: VerifierSettings,
  values: readonly number[],
  pairs: number | null,
) => {
  const [first, last] = [0, 1].map((formatReward) => standAll(snapshot, { ...settings, formatReward }));
  if (first === undefined || last === undefined) return [];
  return values.map((value) => {
    const reward = first.reward + (last.reward - first.reward) * value;
    return pointOf('formatReward', value, { ...first, reward }, pairs);
  });
};

/**
 * The effect of one threshold. `counter` is null while the texts of the groups are unread. A full decision of all rows,
 * then each row once more at most.
 */
export const sensitivityOf = (
  snapshot: Snapshot,
  settings: VerifierSettings,
  name: ThresholdName,
  counter: YieldCounter | null,
): Sensitivity => {
  const values = pointsOf(name);
  const [lowest = 0] = values;
  const stood = standAll(snapshot, { ...settings, [name]: lowest });
  const yields = counter && yieldAll(snapshot, stood.codes, counter);
  let pairs = yields ? yields.reduce((sum, count) => sum + count, 0) : null;
  const spread = histogramOf(snapshot, name, values);
  if (name === 'formatReward') {
    return { name, points: rewardPoints(snapshot, settings, values, pairs), bins: [], scored: stood.rewarded };
  }

  /** Decides the rows of one turn again; says by how many the pairs change. */
  const turn = (rows: Uint32Array, value: number): number => {
    const standingOf = createStanding(snapshot, { ...settings, [name]: value });
    const touched = new Set<number>();
    for (const row of rows) {
      const [before, after] = [stood.codes[row] ?? 0, codeOf(standingOf(row))];
      if (before === after) continue;
      stood.codes[row] = after;
      stood.counts[before] = (stood.counts[before] ?? 0) - 1;
      stood.counts[after] = (stood.counts[after] ?? 0) + 1;
      if (counter?.differ(before, after)) touched.add(snapshot.groups[row] ?? 0);
    }
    let more = 0;
    for (const group of yields && counter ? touched : []) more += recount(group);
    return more;
  };
  const recount = (group: number): number => {
    if (!yields || !counter) return 0;
    const at = group * TYPES;
    const sum = () => yields.subarray(at, at + TYPES).reduce((total, count) => total + count, 0);
    const before = sum();
    counter.count(group, stood.codes, yields, at);
    return sum() - before;
  };

  const { rows, starts } = inTurns(snapshot, name, values);
  const points = values.map((value, at) => {
    if (at > 0) {
      const more = turn(rows.subarray(starts[at], starts[at + 1]), value);
      if (pairs !== null) pairs += more;
    }
    return pointOf(name, value, stood, pairs);
  });
  return { name, points, ...spread };
};
