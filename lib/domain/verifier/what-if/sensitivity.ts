/**
 * What one threshold does over its whole range, the others as they are: counts at 41 values, and how its scores are
 * spread. From one value to the next only those rollouts are decided again whose score lies between the two.
 */
import { z } from 'zod';
import { kinds } from '@/lib/domain/question';
import { isGood, type Standing } from '@/lib/domain/verdict';
import { graded } from '@/lib/domain/verifier/decide';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { createStanding, type Snapshot } from './snapshot';
import { type Stood, standAll } from './stand';
import { codeOf, standings } from './standing-code';
import { countUpTo, pointsOf, type ThresholdName, thresholdNameSchema } from './thresholds';
import { TYPES, type YieldCounter, yieldAll } from './yields';

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

/** The score that a threshold is compared with; NaN where it decides nothing. */
const scoreOf = (snapshot: Snapshot, name: ThresholdName, row: number): number => {
  const isGraded = graded.has(kinds[snapshot.kinds[row] ?? 0] ?? 'choice');
  switch (name) {
    case 'minAccuracy':
      return isGraded ? Number.NaN : (snapshot.accuracy[row] ?? Number.NaN);
    case 'minAccuracyGraded':
      return isGraded ? (snapshot.accuracy[row] ?? Number.NaN) : Number.NaN;
    case 'maxRepetition':
      return snapshot.repetition[row] ?? 0;
    case 'minThinkTokens':
    case 'maxThinkTokens':
      return snapshot.thinkTokens[row] ?? 0;
    case 'formatReward':
      return Number.NaN;
  }
};

const own: Record<ThresholdName, ((standing: Standing) => boolean) | null> = {
  minAccuracy: ({ correct }) => correct === true,
  minAccuracyGraded: ({ correct }) => correct === true,
  maxRepetition: ({ repetitive }) => repetitive,
  minThinkTokens: ({ lengthClass }) => lengthClass === 'too_short',
  maxThinkTokens: ({ lengthClass }) => lengthClass === 'too_long',
  formatReward: null,
};

/** The number of the first value at which a row with this score may be decided otherwise than at the ones before. */
const turnOf = (values: readonly number[], name: ThresholdName, score: number): number =>
  // At least and below change behind the score itself; above changes at it.
  countUpTo(values, score, name !== 'maxRepetition' && name !== 'maxThinkTokens');

/** Rows in the order of their turns: those of turn `t` lie from `starts[t]` to `starts[t + 1]`. */
const inTurns = (snapshot: Snapshot, name: ThresholdName, values: readonly number[]) => {
  const turns = Uint8Array.from(snapshot.seqs, (_, row) => {
    const score = scoreOf(snapshot, name, row);
    return Number.isNaN(score) ? values.length : turnOf(values, name, score);
  });
  const starts = new Uint32Array(values.length + 2);
  for (const turn of turns) starts[turn + 1] = (starts[turn + 1] ?? 0) + 1;
  for (let turn = 1; turn < starts.length; turn++) starts[turn] = (starts[turn] ?? 0) + (starts[turn - 1] ?? 0);
  const places = starts.slice();
  const rows = new Uint32Array(turns.length);
  turns.forEach((turn, row) => {
    const place = places[turn] ?? 0;
    rows[place] = row;
    places[turn] = place + 1;
  });
  return { rows, starts };
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

const histogramOf = (snapshot: Snapshot, name: ThresholdName, values: readonly number[]) => {
  const bins = values.slice(1).map(() => 0);
  let scored = 0;
  for (let row = 0; row < snapshot.seqs.length; row++) {
    const score = scoreOf(snapshot, name, row);
    if (Number.isNaN(score)) continue;
    scored += 1;
    const bin = Math.min(bins.length - 1, countUpTo(values, score, true) - 1);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return { bins, scored };
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
