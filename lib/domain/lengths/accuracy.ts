/** Length against accuracy: bins with the same number of rollouts, and the longest quarter against the shortest. */
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { type LengthCounts, quantilesOf } from './counts';

export type AccuracyBin = {
  /** Both included. */
  readonly from: number;
  readonly to: number;
  /** The median length in the bin. */
  readonly middle: number;
  /** Rollouts with a truth. */
  readonly n: number;
  readonly correct: number;
};

/** Fewer rollouts with a truth than this make no bin of their own. */
const LEAST_IN_BIN = 10;

/** Only rollouts that are right or wrong. */
const judged = (counts: LengthCounts): LengthCounts =>
  counts.flatMap(({ length, correct, incorrect }) =>
    correct + incorrect === 0 ? [] : [{ length, n: correct + incorrect, correct, incorrect }],
  );

const binOf = (counts: LengthCounts): AccuracyBin => ({
  from: counts[0]?.length ?? 0,
  to: counts.at(-1)?.length ?? 0,
  middle: quantilesOf(counts, [0.5])[0] ?? 0,
  n: counts.reduce((sum, { n }) => sum + n, 0),
  correct: counts.reduce((sum, { correct }) => sum + correct, 0),
});

/**
 * At most `most` bins of about equally many rollouts with a truth, shortest first: cut at quantiles, so that rollouts of
 * one length are never in two bins, and so few that a bin's fair share is ten rollouts at least.
 */
export const accuracyBins = (counts: LengthCounts, most: number): AccuracyBin[] => {
  const own = judged(counts);
  const total = own.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return [];
  const bins = Math.max(1, Math.min(most, Math.floor(total / LEAST_IN_BIN)));
  const cuts = quantilesOf(
    own,
    Array.from({ length: bins }, (_, at) => (at + 1) / bins),
  );
  return [...new Set(cuts)].map((to, at, ends) =>
    binOf(own.filter(({ length }) => length <= to && length > (ends[at - 1] ?? -1))),
  );
};

/** A quarter of the rollouts by length; more where many have the length at its end. */
export type Quarter = { readonly n: number; readonly correct: number };
export type Quarters = {
  readonly shortest: Quarter & { readonly to: number };
  readonly longest: Quarter & { readonly from: number };
};

/** Null where the quarters would share a length, or nothing has a truth. */
export const quartersOf = (counts: LengthCounts): Quarters | null => {
  const own = judged(counts);
  const [to, from] = quantilesOf(own, [0.25, 0.75]);
  if (to === undefined || from === undefined || to >= from) return null;
  const { n, correct } = binOf(own.filter(({ length }) => length <= to));
  const longest = binOf(own.filter(({ length }) => length >= from));
  return { shortest: { n, correct, to }, longest: { n: longest.n, correct: longest.correct, from } };
};

export type Difference = { readonly difference: number; readonly low: number; readonly high: number };

/**
 * `a - b` of two independent shares with a 95 % interval from their Wilson intervals; null where either counts nothing.
 *
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
 */
export const shareDifference = (a: Proportion, b: Proportion): Difference | null => {
  if (a.share === null || b.share === null) return null;
  const difference = a.share - b.share;
  return {
    difference,
    low: difference - Math.hypot(a.share - a.low, b.high - b.share),
    high: difference + Math.hypot(a.high - a.share, b.share - b.low),
  };
};

/** The accuracy of the longest quarter less that of the shortest. */
export const quarterDifference = ({ shortest, longest }: Quarters): Difference | null =>
  shareDifference(proportion(longest.correct, longest.n), proportion(shortest.correct, shortest.n));
