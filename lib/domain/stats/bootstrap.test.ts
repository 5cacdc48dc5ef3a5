import { describe, expect, test } from 'vitest';
import { createDraw } from '@/lib/domain/pairs/random';
import type { Interval } from './bca';
import { type BootstrapInput, bootstrapDifferences, type UnitTable } from './bootstrap';
import { normalQuantile } from './normal';

const table = (rows: readonly (readonly number[])[]): UnitTable => ({
  rows: rows.length,
  width: rows[0]?.length ?? 2,
  values: Float64Array.from(rows.flat()),
});

const run = (input: BootstrapInput): (Interval | null)[] => {
  const steps = bootstrapDifferences(input);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

const share = [{ over: 0, of: 1 }];
const plain = { paired: true, ratios: share, resamples: 400, seed: 7 };

/** Questions with a chance of their own, and that many rollouts of each, as (right, asked). */
const simulate = (seed: number, questions: number, rollouts: number, lift: number): [number[][], number[][]] => {
  const draw = createDraw(seed);
  const uniform = () => (draw(1_000_003) + 0.5) / 1_000_003;
  const ask = (chance: number) =>
    Array.from({ length: rollouts }, () => Number(uniform() < chance)).reduce((sum, one) => sum + one, 0);
  const rows = Array.from({ length: questions }, () => {
    const chance = Math.min(1 - lift, uniform());
    return [ask(chance), ask(chance + lift)];
  });
  return [rows.map(([a]) => [a ?? 0, rollouts]), rows.map(([, b]) => [b ?? 0, rollouts])];
};

/** The textbook, line by line: draw units, sum, divide; jackknife by leaving out; percentiles by sorting. */
const naive = ({ base, other, paired, resamples, seed }: BootstrapInput): Interval => {
  const rowsOf = ({ rows, width, values }: UnitTable) =>
    Array.from({ length: rows }, (_, row) => [values[row * width] ?? 0, values[row * width + 1] ?? 0] as const);
  const ratio = (rows: readonly (readonly [number, number])[]) =>
    rows.reduce((sum, [over]) => sum + over, 0) / rows.reduce((sum, [, of]) => sum + of, 0);
  const [a, b] = [rowsOf(base), rowsOf(other)];
  const difference = ratio(b) - ratio(a);
  const draw = createDraw(seed);
  const drawn = <T>(rows: readonly T[]) => rows.map(() => draw(rows.length));
  const draws = Array.from({ length: resamples }, () => {
    const first = drawn(a);
    const second = paired ? first : drawn(b);
    return ratio(second.flatMap((at) => [b[at] ?? [0, 0]])) - ratio(first.flatMap((at) => [a[at] ?? [0, 0]]));
  }).sort((x, y) => x - y);
  const influences = (rows: readonly (readonly [number, number])[]) => {
    const meanOf = rows.reduce((sum, [, of]) => sum + of, 0) / rows.length;
    return rows.map(([over, of]) => (over - ratio(rows) * of) / meanOf);
  };
  const [la, lb] = [influences(a), influences(b)];
  const l = paired
    ? la.map((one, at) => (lb[at] ?? 0) - one)
    : [...la.map((one) => -one / a.length), ...lb.map((one) => one / b.length)];
  const power = (p: number) => l.reduce((sum, one) => sum + one ** p, 0);
  const acceleration = power(3) / (6 * power(2) ** 1.5);
  const EPSILON = 1e-12;
  const bias = normalQuantile(
    draws.reduce((sum, one) => sum + (one < difference - EPSILON ? 1 : one < difference + EPSILON ? 0.5 : 0), 0) /
      resamples,
  );
  const ends = [-1.959963984540054, 1.959963984540054].map((z) => {
    const moved = bias + (bias + z) / (1 - acceleration * (bias + z));
    // Φ by its own integral, in steps small enough.
    const density = (x: number) => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
    const step = moved / 20_000;
    const p = Array.from({ length: 20_000 }, (_, at) => density((at + 0.5) * step) * step).reduce((x, y) => x + y, 0.5);
    const place = Math.max(0, Math.min(resamples - 1, p * (resamples + 1) - 1));
    const [below, above] = [draws[Math.floor(place)] ?? 0, draws[Math.ceil(place)] ?? 0];
    return below + (above - below) * (place - Math.floor(place));
  });
  return { difference, low: ends[0] ?? 0, high: ends[1] ?? 0 };
};

describe('agrees with the textbook done line by line', () => {
  test.each([
    ['paired', true, 40, 40],
    ['two samples', false, 40, 25],
  ])('%s', (_name, paired, left, right) => {
    const [a] = simulate(3, left, 5, 0);
    const [, b] = simulate(4, right, 5, 0.15);
    const input = { ...plain, paired, base: table(a), other: table(b) };
    const [found] = run(input);
    const expected = naive(input);
    expect(found?.difference).toBeCloseTo(expected.difference, 12);
    expect(found?.low).toBeCloseTo(expected.low, 6);
    expect(found?.high).toBeCloseTo(expected.high, 6);
  });
});

describe('known cases', () => {
  const [a, b] = simulate(11, 60, 8, 0.1);

  test('the same slice twice differs by 0, surely', () => {
    expect(run({ ...plain, base: table(a), other: table(a) })).toEqual([{ difference: 0, low: 0, high: 0 }]);
  });

  test('the same slice twice, drawn apart, differs by about 0', () => {
    const [found] = run({ ...plain, paired: false, base: table(a), other: table(a) });
    expect(found?.difference).toBe(0);
    expect(found?.low).toBeLessThan(-0.02);
    expect(found?.high).toBeGreaterThan(0.02);
  });

  test('what every unit has in the same measure is shifted surely', () => {
    const shifted = a.map(([over, of]) => [(over ?? 0) + 2 * (of ?? 0), of ?? 0]);
    const [found] = run({ ...plain, base: table(a), other: table(shifted) });
    expect(found?.difference).toBeCloseTo(2, 12);
    expect((found?.high ?? 0) - (found?.low ?? 0)).toBeLessThan(1e-9);
  });

  test.each([
    ['no unit', [], []],
    ['nothing to count over', [[0, 0]], [[1, 1]]],
    [
      'most draws have nothing to count over',
      [[1, 1], ...Array.from({ length: 80 }, () => [0, 0])],
      [[1, 1], ...Array.from({ length: 80 }, () => [0, 0])],
    ],
  ])('%s: no interval', (_name, base, other) => {
    const paired = base.length === other.length;
    const found = run({ ...plain, paired, base: table(base), other: table(other) });
    expect(found[0] === null || found[0]?.low === found[0]?.high).toBe(true);
    if (_name !== 'most draws have nothing to count over') expect(found).toEqual([null]);
  });

  test('one unit of each side: its difference, and nothing known beyond', () => {
    const found = run({ ...plain, base: table([[1, 4]]), other: table([[3, 4]]) });
    expect(found).toEqual([{ difference: 0.5, low: 0.5, high: 0.5 }]);
  });

  test('the same seed gives the same ends, another one others', () => {
    const input = { ...plain, base: table(a), other: table(b) };
    expect(run(input)).toEqual(run(input));
    expect(run({ ...input, seed: 8 })).not.toEqual(run(input));
  });

  test('swapping the sides turns the interval round', () => {
    const [one] = run({ ...plain, base: table(a), other: table(b) });
    const [two] = run({ ...plain, base: table(b), other: table(a) });
    expect(two?.difference).toBeCloseTo(-(one?.difference ?? 0), 12);
    expect(two?.low).toBeCloseTo(-(one?.high ?? 0), 9);
  });

  test('several ratios share their draws, and equal columns are told apart by name alone', () => {
    const wide = (rows: number[][]) => table(rows.map(([over = 0, of = 0]) => [over, of, of, of - over]));
    const [first, second, third] = run({
      ...plain,
      ratios: [
        { over: 0, of: 1 },
        { over: 0, of: 2 },
        { over: 3, of: 1 },
      ],
      base: wide(a),
      other: wide(b),
    });
    expect(second).toEqual(first);
    expect(third?.low).toBeCloseTo(-(first?.high ?? 0), 9);
  });

  test('paired tables must have the same rows', () => {
    expect(() => run({ ...plain, base: table(a), other: table(a.slice(1)) })).toThrow(RangeError);
  });
});

test('pairing narrows the interval where questions differ in difficulty', () => {
  const [a, b] = simulate(5, 80, 8, 0.1);
  const width = (paired: boolean) => {
    const [found] = run({ ...plain, paired, base: table(a), other: table(b) });
    return (found?.high ?? 0) - (found?.low ?? 0);
  };
  expect(width(true)).toBeLessThan(width(false) * 0.7);
});
