/** Ends of an interval from draws: BCa, the bias-corrected and accelerated percentiles. */
import { normalCdf, normalQuantile } from './normal';
import { Z } from './proportion';

export type Interval = {
  /** Ratio of one side less ratio of the other. */
  readonly difference: number;
  /** Ends of the 95 % interval; both the difference itself where no draw changed it. */
  readonly low: number;
  readonly high: number;
};

/** Σ l² and Σ l³ of the influence l of each unit. */
export type Influence = { readonly squares: number; readonly cubes: number };

/** The quantile p of sorted values, between neighbours. */
const quantileOf = (sorted: Float64Array, p: number): number => {
  const at = Math.max(0, Math.min(sorted.length - 1, p * (sorted.length + 1) - 1));
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return below + (above - below) * (at - Math.floor(at));
};

/**
 * Ends by BCa: the percentiles moved by the bias of the draws and by the acceleration. Plain percentiles where all
 * draws lie on one side of the difference, so that the bias is not finite.
 */
const endsOf = (sorted: Float64Array, difference: number, acceleration: number): readonly [number, number] => {
  // Sums in another order differ by a hair: what is as near as that counts as equal.
  const hair = 1e-9 * ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0));
  let [less, equal] = [0, 0];
  for (const value of sorted) {
    if (value < difference - hair) less += 1;
    else if (value <= difference + hair) equal += 1;
  }
  const bias = normalQuantile((less + equal / 2) / sorted.length);
  const moved = (z: number): number => {
    const scale = 1 - acceleration * (bias + z);
    return Number.isFinite(bias) && scale > 0 ? normalCdf(bias + (bias + z) / scale) : normalCdf(z);
  };
  return [quantileOf(sorted, moved(-Z)), quantileOf(sorted, moved(Z))];
};

/**
 * The 95 % interval of a difference; null where it is not known, or where most draws (NaN) had nothing to tell it by.
 *
 * Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), 14.3.
 */
export const bcaInterval = (
  draws: Float64Array,
  difference: number,
  { squares, cubes }: Influence,
): Interval | null => {
  const defined = draws.filter((value) => !Number.isNaN(value)).sort();
  // A draw may miss every unit that counts; an interval from the few that did not would say too much.
  if (Number.isNaN(difference) || defined.length < draws.length / 2) return null;
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  const [low, high] = endsOf(defined, difference, acceleration);
  return { difference, low, high };
};
