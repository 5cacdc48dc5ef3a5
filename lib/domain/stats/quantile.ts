/** Quantiles of lengths and scores. */

/**
 * The `p` quantile, `p` in [0, 1], of numbers sorted upwards; null for none. Linear between neighbours, as NumPy's
 * default and type 7 of Hyndman and Fan 1996, so that our tables agree with those of notebooks.
 */
export const quantileOfSorted = (sorted: readonly number[], p: number): number | null => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is no probability`);
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
};

/** Several quantiles of numbers in any order; null for each when there are none. */
export const quantiles = (values: readonly number[], ps: readonly number[]): (number | null)[] => {
  const sorted = [...values].sort((a, b) => a - b);
  return ps.map((p) => quantileOfSorted(sorted, p));
};
