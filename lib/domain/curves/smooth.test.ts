import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CurvePoint } from './curve';
import { endsOfCurve, trailingSums } from './smooth';

const point = (from: number, n: number, mean: number, steps = 1): CurvePoint => {
  const sums = { n, sum: n * mean, squares: n * mean * mean };
  return { from, to: from + steps - 1, steps, rollouts: Math.max(1, n), accuracy: sums, tokens: sums, estimated: 0 };
};
const meansOf = (points: readonly CurvePoint[], span: number) =>
  trailingSums(points, 'accuracy', span).map(({ n, sum }) => (n === 0 ? null : sum / n));

describe('the trailing mean', () => {
  test.each([
    ['none', 0, [1, 0, 1, 0.5]],
    ['over one step', 1, [1, 0, 1, 0.5]],
    // (10·1 + 30·0)/40, then (30·0 + 10·1)/40, then (10·1 + 10·0.5)/20.
    ['over two, weighted by rollouts', 2, [1, 0.25, 0.25, 0.75]],
    ['over all', 99, [1, 0.25, 20 / 50, 25 / 60]],
  ] as const)('%s', (_name, span, expected) => {
    const points = [point(0, 10, 1), point(1, 30, 0), point(4, 10, 1), point(5, 10, 0.5)];
    meansOf(points, span).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? 9, 12);
    });
  });

  test('counts the steps that have rollouts, also across a hole and in joined points', () => {
    const points = [point(0, 10, 0, 2), point(8, 10, 1, 2), point(10, 10, 1, 2)];
    expect(meansOf(points, 4)).toEqual([0, 0.5, 1]);
    expect(meansOf(points, 3)).toEqual([0, 1, 1]);
  });

  test('a step without anything that counts takes the mean of those before it', () => {
    expect(meansOf([point(0, 10, 1), point(1, 0, 0)], 2)).toEqual([1, 1]);
    expect(meansOf([point(0, 0, 0), point(1, 10, 1)], 2)).toEqual([null, 1]);
  });

  test('stays between the least and the most, and keeps what is constant', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(points, fc.constantFrom(0, 5, 10, 20), (rows, span) => {
        const values = meansOf(
          rows.map(([n, mean], at) => point(at, n, mean)),
          span,
        );
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...rows.map(([, mean]) => mean)) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...rows.map(([, mean]) => mean)) + 1e-9);
        }
      }),
    );
  });
});

test('the ends of a curve are means over their rollouts', () => {
  const points = [point(0, 10, 0), point(1, 30, 1), point(2, 10, 0.5), point(3, 10, 1)];
  expect(endsOfCurve(points, 'accuracy', 2)).toEqual({ first: 0.75, last: 0.75 });
  expect(endsOfCurve(points, 'accuracy', 99).first).toBeCloseTo(45 / 60, 12);
  expect(endsOfCurve([], 'accuracy', 5)).toEqual({ first: null, last: null });
});
