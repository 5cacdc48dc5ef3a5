/** Shares with their denominators and intervals: a rate is never shown without what it was counted over. */

export type Proportion = {
  readonly count: number;
  readonly total: number;
  /** In [0, 1]; null when there is nothing to count over. */
  readonly share: number | null;
  /** 95 % Wilson score interval, in [0, 1]; the whole of [0, 1] when there is nothing to count over. */
  readonly low: number;
  readonly high: number;
};

/** Standard normal quantile of 0.975. */
export const Z = 1.959963984540054;

/**
 * `count` of `total` with its 95 % Wilson score interval, which stays inside [0, 1] and means something at small
 * totals and at 0 or all, where the textbook interval does not.
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209–212.
 */
export const proportion = (count: number, total: number): Proportion => {
  if (total <= 0) return { count, total: 0, share: null, low: 0, high: 1 };
  const share = count / total;
  const scale = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  // At 0 and at all, one end is exact; rounding would leave it a hair beside.
  const low = count === 0 ? 0 : Math.max(0, middle - reach);
  const high = count === total ? 1 : Math.min(1, middle + reach);
  return { count, total, share, low, high };
};
