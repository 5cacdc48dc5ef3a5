/** Sums by question and slice, and what follows from them. Plain numbers in rows: there may be tens of thousands. */
import type { Kind } from '@/lib/domain/question';
import type { UnitTable } from '@/lib/domain/stats/bootstrap';
import { meanInterval } from '@/lib/domain/stats/mean';
import { proportion } from '@/lib/domain/stats/proportion';
import { type Column, columnAt, columns, definitions, type Metric, squaredColumns } from './metrics';
import type { Figure, Pairing } from './schema';

export type QuestionCell = { readonly setId: string; readonly kind: Kind };

/** Every question of any of the slices, with a row of columns for each slice; rows of zeros where it was not asked. */
export type Tallies = {
  readonly questionIds: readonly string[];
  /** By question: its place in `cells`. */
  readonly cellOf: Int32Array;
  readonly cells: readonly QuestionCell[];
  /** By slice. */
  readonly sides: readonly Float64Array[];
};

export const WIDTH = columns.length;

/** Sums of a whole slice, with sums of squares. */
export type Total = Readonly<Record<Column, number>> & {
  readonly squares: Readonly<Record<(typeof squaredColumns)[number], number>>;
};

/** A metric over a slice, with the interval that the same figure has on every other screen. */
export const figureOf = (total: Total, metric: Metric): Figure => {
  const { over, of, kind } = definitions[metric];
  const n = total[of];
  if (kind === 'share') {
    const { share, low, high } = proportion(total[over], n);
    return share === null
      ? { value: null, low: null, high: null, n: 0, count: 0 }
      : { value: share, low, high, n, count: total[over] };
  }
  const squared = squaredColumns.find((column) => column === over);
  const found = meanInterval(total[over], squared ? total.squares[squared] : 0, n);
  return { value: found?.mean ?? null, low: found?.low ?? null, high: found?.high ?? null, n, count: null };
};

/** With fewer shared questions a paired comparison says little, and with a smaller part of them it leaves most out. */
const LEAST_SHARED = 20;
const LEAST_SHARE = 0.5;

/** The questions of two sides, as places in `Tallies`, and whether they are compared over those that both have. */
export type Paired = { readonly pairing: Pairing; readonly base: Int32Array; readonly other: Int32Array };

const asked = columnAt('rollouts');

/** Splits the questions at `places` by which side asked them. */
export const pairQuestions = (base: Float64Array, other: Float64Array, places: Iterable<number>): Paired => {
  const [onBase, onOther, onBoth]: [number[], number[], number[]] = [[], [], []];
  for (const place of places) {
    const [inBase, inOther] = [(base[place * WIDTH + asked] ?? 0) > 0, (other[place * WIDTH + asked] ?? 0) > 0];
    if (inBase) onBase.push(place);
    if (inOther) onOther.push(place);
    if (inBase && inOther) onBoth.push(place);
  }
  const fewer = Math.min(onBase.length, onOther.length);
  const enough = onBoth.length >= LEAST_SHARED && onBoth.length >= LEAST_SHARE * fewer;
  // The same few questions on both sides are paired all the same: nothing is left out.
  const paired = enough || (onBoth.length > 0 && onBoth.length === onBase.length && onBoth.length === onOther.length);
  const pairing = { paired, shared: onBoth.length, base: onBase.length, other: onOther.length };
  return {
    pairing,
    base: Int32Array.from(paired ? onBoth : onBase),
    other: Int32Array.from(paired ? onBoth : onOther),
  };
};

/** The questions that both sides asked. */
export const sharedPlaces = (base: Float64Array, other: Float64Array): Int32Array => {
  const shared: number[] = [];
  for (let place = 0; place * WIDTH < base.length; place += 1) {
    const at = place * WIDTH + asked;
    if ((base[at] ?? 0) > 0 && (other[at] ?? 0) > 0) shared.push(place);
  }
  return Int32Array.from(shared);
};

/** The rows at `places`, one after the other. */
export const rowsAt = (values: Float64Array, places: Int32Array): UnitTable => {
  const rows = new Float64Array(places.length * WIDTH);
  for (const [at, place] of places.entries()) rows.set(values.subarray(place * WIDTH, (place + 1) * WIDTH), at * WIDTH);
  return { rows: places.length, width: WIDTH, values: rows };
};

/** A metric over the rows; null where nothing is counted over. */
export const metricOver = ({ rows, values }: UnitTable, metric: Metric): number | null => {
  const [over, of] = [columnAt(definitions[metric].over), columnAt(definitions[metric].of)];
  let [sum, n] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    sum += values[row * WIDTH + over] ?? 0;
    n += values[row * WIDTH + of] ?? 0;
  }
  return n === 0 ? null : sum / n;
};
