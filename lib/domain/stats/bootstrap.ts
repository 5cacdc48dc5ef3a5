/**
 * Intervals of differences between two slices, by drawing questions again. Rollouts of one question rise and fall
 * together: drawing them one by one would make every interval too narrow, so whole questions are drawn (a cluster
 * bootstrap), each with all of its rollouts on both sides where both were asked.
 */
import { createDraw } from '@/lib/domain/pairs/random';
import { normalCdf, normalQuantile } from './normal';
import { Z } from './proportion';

/** Row-major: `width` numbers for each of `rows` units (questions). */
export type UnitTable = { readonly rows: number; readonly width: number; readonly values: Float64Array };

/** A mean or a share: the sum of one column over the sum of another. */
export type Ratio = { readonly over: number; readonly of: number };

export type BootstrapInput = {
  readonly base: UnitTable;
  readonly other: UnitTable;
  /** Row i of both is the same unit, drawn together; else each side is drawn by itself. */
  readonly paired: boolean;
  readonly ratios: readonly Ratio[];
  readonly resamples: number;
  /** Any integer: the same seed gives the same interval. */
  readonly seed: number;
};

export type Interval = {
  /** Ratio of `other` less ratio of `base`. */
  readonly difference: number;
  /** Ends of the 95 % interval; both the difference itself where no draw changed it. */
  readonly low: number;
  readonly high: number;
};

/** Work between two breaths, in numbers added: some 10 ms. */
const BREATH = 4_000_000;

type Side = UnitTable & { readonly places: readonly Ratio[] };

/**
 * Columns that are needed, each once: equal ones (every rollout was judged, say) are summed once. Yields column by
 * column.
 */
function* neededColumns({ rows, width, values }: UnitTable, ratios: readonly Ratio[]): Generator<void, Side> {
  const asked = [...new Set(ratios.flatMap(({ over, of }) => [over, of]))];
  const kept: number[] = [];
  const placeOf = new Map<number, number>();
  for (const column of asked) {
    const same = kept.findIndex((other) => {
      for (let at = 0; at < rows; at += 1) {
        if (values[at * width + column] !== values[at * width + other]) return false;
      }
      return true;
    });
    if (same < 0) kept.push(column);
    placeOf.set(column, same < 0 ? kept.length - 1 : same);
    yield;
  }
  const dense = new Float64Array(rows * kept.length);
  for (const [place, column] of kept.entries()) {
    for (let row = 0; row < rows; row += 1) dense[row * kept.length + place] = values[row * width + column] ?? 0;
    yield;
  }
  const places = ratios.map(({ over, of }) => ({ over: placeOf.get(over) ?? 0, of: placeOf.get(of) ?? 0 }));
  return { rows, width: kept.length, values: dense, places };
}

/** Adds `weight[row] × row` of all rows into `sums`. The one loop that costs time. */
const addWeighted = ({ rows, width, values }: Side, weights: Uint16Array, sums: Float64Array): void => {
  sums.fill(0);
  for (let row = 0; row < rows; row += 1) {
    const weight = weights[row] ?? 0;
    if (weight === 0) continue;
    const start = row * width;
    for (let at = 0; at < width; at += 1) sums[at] = (sums[at] ?? 0) + weight * (values[start + at] ?? 0);
  }
};

const drawWeights = (weights: Uint16Array, draw: (bound: number) => number): void => {
  weights.fill(0);
  for (let turn = 0; turn < weights.length; turn += 1) {
    const at = draw(weights.length);
    weights[at] = (weights[at] ?? 0) + 1;
  }
};

/** NaN where the denominator is 0. */
const ratioAt = (side: Side, sums: Float64Array, at: number): number => {
  const place = side.places[at];
  return place ? (sums[place.over] ?? 0) / (sums[place.of] || Number.NaN) : Number.NaN;
};

/**
 * Σ l² and Σ l³ of the influence of each unit on the difference, l = ±(over − ratio · of) / mean of `of`; each side by
 * itself scaled with its own number of units where the two are drawn apart.
 */
const influence = (sides: readonly (readonly [Side, Float64Array])[], at: number, paired: boolean) => {
  const rows = paired ? (sides[0]?.[0].rows ?? 0) : 0;
  const together = new Float64Array(rows);
  let [squares, cubes] = [0, 0];
  for (const [turn, [side, sums]] of sides.entries()) {
    const place = side.places[at] ?? { over: 0, of: 0 };
    const ratio = ratioAt(side, sums, at);
    const scale = ((turn === 0 ? -1 : 1) * side.rows) / (sums[place.of] ?? 0);
    for (let row = 0; row < side.rows; row += 1) {
      const start = row * side.width;
      const l = scale * ((side.values[start + place.over] ?? 0) - ratio * (side.values[start + place.of] ?? 0));
      if (paired) together[row] = (together[row] ?? 0) + l;
      else {
        squares += l ** 2 / side.rows ** 2;
        cubes += l ** 3 / side.rows ** 3;
      }
    }
  }
  for (const l of together) {
    squares += l ** 2;
    cubes += l ** 3;
  }
  return { squares, cubes };
};

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

const intervalOf = (draws: Float64Array, difference: number, { squares, cubes }: ReturnType<typeof influence>) => {
  const defined = draws.filter((value) => !Number.isNaN(value)).sort();
  // A draw may miss every unit that counts; an interval from the few that did not would say too much.
  if (Number.isNaN(difference) || defined.length < draws.length / 2) return null;
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  const [low, high] = endsOf(defined, difference, acceleration);
  return { difference, low, high };
};

/**
 * The difference of each ratio with its 95 % interval; null where a side has nothing to count over, in all or in most
 * of the draws. BCa intervals from `resamples` draws of whole units with replacement, deterministic for `seed`.
 *
 * Yields now and then: a caller that serves others takes a breath there.
 *
 * Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), 14.3 (BCa) and 8.3 (two samples);
 * A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8 (clusters), 2.7.2 and 5.3.2
 * (influence of ratios, acceleration over several samples).
 *
 * @throws RangeError when paired tables differ in their rows.
 */
export function* bootstrapDifferences(input: BootstrapInput): Generator<void, (Interval | null)[]> {
  const { paired, ratios, resamples, seed } = input;
  if (paired && input.base.rows !== input.other.rows) throw new RangeError('paired tables have the same rows');
  const base = yield* neededColumns(input.base, ratios);
  const other = yield* neededColumns(input.other, ratios);
  const draw = createDraw(seed);
  const weights = [new Uint16Array(base.rows), new Uint16Array(other.rows)] as const;
  const sums = [new Float64Array(base.width), new Float64Array(other.width)] as const;
  const differences = (): number[] => ratios.map((_, at) => ratioAt(other, sums[1], at) - ratioAt(base, sums[0], at));
  const draws = ratios.map(() => new Float64Array(resamples));
  const perBreath = Math.max(1, Math.floor(BREATH / (base.values.length + other.values.length + base.rows * 4 + 1)));
  for (let turn = 0; turn < resamples; turn += 1) {
    drawWeights(weights[0], draw);
    if (!paired) drawWeights(weights[1], draw);
    addWeighted(base, weights[0], sums[0]);
    addWeighted(other, paired ? weights[0] : weights[1], sums[1]);
    for (const [at, difference] of differences().entries()) {
      const own = draws[at];
      if (own) own[turn] = difference;
    }
    if (turn % perBreath === perBreath - 1) yield;
  }
  for (const one of weights) one.fill(1);
  addWeighted(base, weights[0], sums[0]);
  addWeighted(other, weights[1], sums[1]);
  const sides = [[base, sums[0]] as const, [other, sums[1]] as const];
  const found: (Interval | null)[] = [];
  for (const [at, difference] of differences().entries()) {
    yield;
    found.push(intervalOf(draws[at] ?? new Float64Array(), difference, influence(sides, at, paired)));
  }
  return found;
}
