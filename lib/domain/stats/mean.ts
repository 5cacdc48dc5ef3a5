/** Means with their intervals, from sums: what a database adds up needs no second look at the values. */
import { Z } from './proportion';

export type MeanInterval = {
  readonly mean: number;
  /** Ends of the 95 % interval; null where one value alone tells nothing of the spread. */
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * Mean of `n` values with its 95 % interval, `mean ± 1.96 s/√n` with s² over n − 1: the normal one, meant for the tens
 * and hundreds of rollouts behind a point. `sum` and `sumOfSquares` are over the same values, in their unit and its
 * square. Null when there are none.
 */
export const meanInterval = (sum: number, sumOfSquares: number, n: number): MeanInterval | null => {
  if (n <= 0) return null;
  const mean = sum / n;
  if (n < 2) return { mean, low: null, high: null };
  // Rounding leaves equal values a hair below 0.
  const variance = Math.max(0, (sumOfSquares - sum * mean) / (n - 1));
  const reach = Z * Math.sqrt(variance / n);
  return { mean, low: mean - reach, high: mean + reach };
};

/** Quantile 0.975 of Student's t by degrees of freedom, from 1. Source: any table; NIST/SEMATECH e-Handbook 1.3.6.7.2. */
const T = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];

/** Beyond the table, the first term of the expansion in 1/ν: right to three decimals. */
const quantileOfT = (degrees: number): number => T[degrees - 1] ?? Z + (Z ** 3 + Z) / (4 * degrees);

/**
 * Mean of a few values with the 95 % interval of Student's t, which few values need: that of three is more than twice
 * as wide as the normal one. Null when there are none.
 */
export const meanOfFew = (values: readonly number[]): MeanInterval | null => {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, low: null, high: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = quantileOfT(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - reach, high: mean + reach };
};
