/**
 * Distributions of lengths from counts by length: exact, since every rollout is in a count. A length is a whole number of
 * tokens, words or sentences.
 */

/** Rollouts of one length. Those neither correct nor incorrect have no truth, or no verdict. */
export type LengthCount = {
  readonly length: number;
  readonly n: number;
  readonly correct: number;
  readonly incorrect: number;
};

/** By length, rising, each length once. */
export type LengthCounts = readonly LengthCount[];

export const totalOf = (counts: LengthCounts): number => counts.reduce((sum, { n }) => sum + n, 0);

/** Null where nothing was counted. */
export const meanOf = (counts: LengthCounts): number | null => {
  const total = totalOf(counts);
  return total === 0 ? null : counts.reduce((sum, { length, n }) => sum + length * n, 0) / total;
};

/**
 * Quantiles for rising `shares` in [0, 1]: the shortest length that at least this share of the rollouts does not exceed,
 * as SQL's `percentile_disc`. Empty where nothing was counted.
 */
export const quantilesOf = (counts: LengthCounts, shares: readonly number[]): number[] => {
  const total = totalOf(counts);
  const found: number[] = [];
  let upto = 0;
  let at = 0;
  for (const { length, n } of counts) {
    upto += n;
    // A product of share and total may lie a hair above the whole number that it stands for.
    while (at < shares.length && upto >= (shares[at] ?? 0) * total - 1e-9 * total) {
      found.push(length);
      at += 1;
    }
  }
  return found;
};

export type EcdfPoint = {
  readonly length: number;
  /** Rollouts that are no longer than this. */
  readonly upto: number;
};

/**
 * Points of the empirical distribution function: all lengths, or where those are more than `most` the quantiles at evenly
 * spaced shares. Every point is exact; the first is the shortest length and the last the longest. `most` is at least 2.
 */
export const ecdfOf = (counts: LengthCounts, most: number): EcdfPoint[] => {
  let upto = 0;
  const all = counts.map(({ length, n }) => {
    upto += n;
    return { length, upto };
  });
  if (all.length <= most) return all;
  const shares = Array.from({ length: most }, (_, at) => at / (most - 1));
  const kept = new Set(quantilesOf(counts, shares));
  return all.filter(({ length }, at) => kept.has(length) || at === all.length - 1);
};

/** Rollouts in a bin. */
export type BinCount = Omit<LengthCount, 'length'>;

/**
 * Counts in bins: bin `i` holds lengths from `edges[i]` to `edges[i + 1] - 1`. `edges` are whole and rise; what lies
 * beyond the last edge is in no bin.
 */
export const binCounts = (counts: LengthCounts, edges: readonly number[]): BinCount[] => {
  const bins = edges.slice(1).map(() => ({ n: 0, correct: 0, incorrect: 0 }));
  let at = 0;
  for (const { length, n, correct, incorrect } of counts) {
    while (at < bins.length && length >= (edges[at + 1] ?? Number.POSITIVE_INFINITY)) at += 1;
    const bin = bins[at];
    if (!bin || length < (edges[at] ?? Number.POSITIVE_INFINITY)) continue;
    bin.n += n;
    bin.correct += correct;
    bin.incorrect += incorrect;
  }
  return bins;
};

/** Counts of several disjoint sets of rollouts as those of their union. */
export const joinCounts = (parts: readonly LengthCounts[]): LengthCounts => {
  const joined = new Map<number, { length: number; n: number; correct: number; incorrect: number }>();
  for (const { length, n, correct, incorrect } of parts.flat()) {
    const sum = joined.get(length) ?? { length, n: 0, correct: 0, incorrect: 0 };
    sum.n += n;
    sum.correct += correct;
    sum.incorrect += incorrect;
    joined.set(length, sum);
  }
  return [...joined.values()].sort((a, b) => a.length - b.length);
};

/** Rollouts longer than `length`. */
export const countBeyond = (counts: LengthCounts, length: number): number =>
  counts.reduce((sum, one) => (one.length > length ? sum + one.n : sum), 0);
