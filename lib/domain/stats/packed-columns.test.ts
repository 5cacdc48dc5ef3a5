import { describe, expect, test } from 'vitest';
import { createDraw, createTally } from '@/lib/domain/pairs/random';
import { type PackedColumns, packColumns, sumWeighted } from './packed-columns';

const ROWS = 400;

const pack = (columns: readonly Float64Array[]): PackedColumns => {
  const steps = packColumns(ROWS, columns);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

const column = (make: (draw: (bound: number) => number, row: number) => number, seed = 1): Float64Array => {
  const draw = createDraw(seed);
  return Float64Array.from({ length: ROWS }, (_, row) => make(draw, row));
};
const upTo = (most: number, seed: number) => column((draw) => draw(most + 1), seed);

const weightsOf = (seed: number): Uint16Array => {
  const weights = new Uint16Array(ROWS);
  createTally(seed)(weights);
  return weights;
};
const plainSum = (values: Float64Array, weights: Uint16Array): number =>
  values.reduce((sum, value, row) => sum + value * (weights[row] ?? 0), 0);

const everyWeight = (row: number): Uint16Array => new Uint16Array(ROWS).fill(ROWS, row, row + 1);

describe('weighted sums are those of each column by itself', () => {
  test.each([
    ['one count', [upTo(8, 1)]],
    ['counts that share a lane', [upTo(8, 1), upTo(8, 2), upTo(8, 3)]],
    ['more than one lane holds', Array.from({ length: 23 }, (_, seed) => upTo(8 + seed, seed))],
    ['counts beside long sums', [upTo(8, 1), upTo(8_000_000, 2), upTo(1, 3), upTo(2 ** 40, 4)]],
    ['nothing at all', [column(() => 0)]],
    ['what is no count', [upTo(8, 1), column((draw) => draw(9) / 3), column((draw) => -draw(9)), upTo(8, 5)]],
    ['one place that is full', [column((_, row) => (row === 7 ? 2 ** 30 : 0)), upTo(3, 2)]],
  ] as const)('%s', (_name, columns) => {
    const packed = pack(columns);
    for (const weights of [weightsOf(1), weightsOf(2), everyWeight(7), new Uint16Array(ROWS).fill(1)]) {
      const sums = sumWeighted(packed, weights);
      for (const [at, values] of columns.entries()) {
        const found = sums[packed.places[at] ?? -1];
        if (values.every(Number.isInteger)) expect(found).toBe(plainSum(values, weights));
        else expect(found).toBeCloseTo(plainSum(values, weights), 9);
      }
    }
  });
});

test('equal columns are summed once, small counts three to a lane', () => {
  const packed = pack([upTo(8, 1), upTo(8, 2), upTo(8, 1), upTo(8, 3), upTo(8, 4)]);
  expect(packed.places).toEqual([0, 1, 0, 2, 3]);
  expect(packed.columns).toHaveLength(4);
  expect(packed.slots.map(({ lane }) => lane)).toEqual([0, 0, 0, 0]);
});

test('a tally draws what single draws do', () => {
  const [draw, counted] = [createDraw(9), new Uint16Array(ROWS)];
  for (let turn = 0; turn < 2 * ROWS; turn += 1) {
    const at = draw(ROWS);
    if (turn >= ROWS) counted[at] = (counted[at] ?? 0) + 1;
  }
  const [tally, weights] = [createTally(9), new Uint16Array(ROWS)];
  tally(weights);
  tally(weights);
  expect(weights).toEqual(counted);
});
