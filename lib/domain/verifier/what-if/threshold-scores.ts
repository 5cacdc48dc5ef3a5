/** The scores that a threshold is compared with: how they are spread, and who turns at which of its values. */
import { kinds } from '@/lib/domain/question';
import { graded } from '@/lib/domain/verifier/decide';
import type { Snapshot } from './snapshot';
import { countUpTo, type ThresholdName } from './thresholds';

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

/** The number of the first value at which a row with this score may be decided otherwise than at the ones before. */
const turnOf = (values: readonly number[], name: ThresholdName, score: number): number =>
  // At least and below change behind the score itself; above changes at it.
  countUpTo(values, score, name !== 'maxRepetition' && name !== 'maxThinkTokens');

/** Rows in the order of their turns: those of turn `t` lie from `starts[t]` to `starts[t + 1]`. */
export const inTurns = (snapshot: Snapshot, name: ThresholdName, values: readonly number[]) => {
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

/** Scores between two neighbouring values each, and how many rollouts have one. */
export const histogramOf = (snapshot: Snapshot, name: ThresholdName, values: readonly number[]) => {
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
