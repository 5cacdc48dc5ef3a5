/**
 * Intervals of differences between two slices, by drawing questions again. Rollouts of one question rise and fall
 * together: drawing them one by one would make every interval too narrow, so whole questions are drawn (a cluster
 * bootstrap), each with all of its rollouts on both sides where both were asked.
 */
import { createTally } from '@/lib/domain/pairs/random';
import { bcaInterval, type Influence, type Interval } from './bca';
import { type PackedColumns, packColumns, sumWeighted } from './packed-columns';

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

/** Work between two breaths, in numbers added or drawn: some 5 ms. */
const BREATH = 4_000_000;

/** Units that are drawn together, and where each ratio of either side stands among their columns. */
type Drawn = {
  readonly packed: PackedColumns;
  readonly weights: Uint16Array;
  /** By ratio, for each side that is drawn with these units: −1 times the baseline's, 1 times the other's. */
  readonly ratios: readonly (readonly { readonly sign: number; readonly over: number; readonly of: number }[])[];
};

const columnOf = ({ rows, width, values }: UnitTable, column: number): Float64Array => {
  const found = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) found[row] = values[row * width + column] ?? 0;
  return found;
};

/** Lays out the columns that the ratios need of these sides. Yields now and then. */
function* layOut(
  sides: readonly { readonly sign: number; readonly table: UnitTable }[],
  ratios: readonly Ratio[],
): Generator<void, Drawn> {
  const needed = [...new Set(ratios.flatMap(({ over, of }) => [over, of]))];
  const columns: Float64Array[] = [];
  for (const { table } of sides) {
    for (const column of needed) {
      columns.push(columnOf(table, column));
      yield;
    }
  }
  const rows = sides[0]?.table.rows ?? 0;
  const packed = yield* packColumns(rows, columns);
  const placeOf = (side: number, column: number): number =>
    packed.places[side * needed.length + needed.indexOf(column)] ?? 0;
  return {
    packed,
    weights: new Uint16Array(rows).fill(1),
    ratios: ratios.map(({ over, of }) =>
      sides.map(({ sign }, side) => ({ sign, over: placeOf(side, over), of: placeOf(side, of) })),
    ),
  };
}

/** NaN where the denominator is 0. */
const ratioOf = (sums: readonly number[], over: number, of: number): number =>
  (sums[over] ?? 0) / (sums[of] || Number.NaN);

/** What these units add to the difference of each ratio. */
const partsOf = ({ ratios }: Drawn, sums: readonly number[]): number[] =>
  ratios.map((sides) => sides.reduce((sum, { sign, over, of }) => sum + sign * ratioOf(sums, over, of), 0));

/**
 * The influence of each unit on the difference, l = ±(over − ratio · of) / mean of `of`, over the number of units: units
 * that are drawn apart have each their own number.
 */
const influenceOf = ({ packed, ratios }: Drawn, sums: readonly number[], at: number): Influence => {
  const influence = new Float64Array(packed.rows);
  const none = new Float64Array();
  for (const { sign, over, of } of ratios[at] ?? []) {
    const [tops, bottoms] = [packed.columns[over] ?? none, packed.columns[of] ?? none];
    const [ratio, scale] = [ratioOf(sums, over, of), sign / (sums[of] ?? 0)];
    for (let row = 0; row < packed.rows; row += 1)
      influence[row] = (influence[row] ?? 0) + scale * ((tops[row] ?? 0) - ratio * (bottoms[row] ?? 0));
  }
  let [squares, cubes] = [0, 0];
  for (const l of influence) {
    squares += l ** 2;
    cubes += l ** 3;
  }
  return { squares, cubes };
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

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
  const { base, other, paired, ratios, resamples, seed } = input;
  if (paired && base.rows !== other.rows) throw new RangeError('paired tables have the same rows');
  const sides = [
    { sign: -1, table: base },
    { sign: 1, table: other },
  ];
  const drawn: Drawn[] = [];
  for (const together of paired ? [sides] : sides.map((side) => [side])) drawn.push(yield* layOut(together, ratios));
  const differencesOf = (sums: readonly (readonly number[])[]): number[] => {
    const parts = drawn.map((units, at) => partsOf(units, sums[at] ?? []));
    return ratios.map((_, at) => total(parts.map((own) => own[at] ?? 0)));
  };
  const sumsNow = (): number[][] => drawn.map(({ packed, weights }) => sumWeighted(packed, weights));
  const whole = sumsNow();
  const differences = differencesOf(whole);
  const tally = createTally(seed);
  const draws = ratios.map(() => new Float64Array(resamples));
  const perDraw = total(drawn.map(({ packed }) => packed.rows * (4 + packed.lanes.length))) + 1;
  const perBreath = Math.max(1, Math.floor(BREATH / perDraw));
  for (let turn = 0; turn < resamples; turn += 1) {
    for (const { weights } of drawn) tally(weights);
    for (const [at, difference] of differencesOf(sumsNow()).entries()) {
      const own = draws[at];
      if (own) own[turn] = difference;
    }
    if (turn % perBreath === perBreath - 1) yield;
  }
  const found: (Interval | null)[] = [];
  for (const [at, difference] of differences.entries()) {
    yield;
    const each = drawn.map((units, side) => influenceOf(units, whole[side] ?? [], at));
    const influence = {
      squares: total(each.map(({ squares }) => squares)),
      cubes: total(each.map(({ cubes }) => cubes)),
    };
    found.push(bcaInterval(draws[at] ?? new Float64Array(), difference, influence));
  }
  return found;
}
