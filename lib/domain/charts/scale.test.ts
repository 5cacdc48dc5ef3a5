import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endsOf, linearTicks, logTicks, placeOn } from './scale';

test.each([
  ['the low end', 'linear', [10, 20], 10, 0],
  ['the middle', 'linear', [10, 20], 15, 0.5],
  ['beyond the high end', 'linear', [10, 20], 25, 1.5],
  ['ends that are one', 'linear', [10, 10], 10, 0.5],
  ['a power of ten', 'log', [1, 1000], 10, 1 / 3],
  ['zero on a log scale stands at its low end', 'log', [1, 1000], 0, 0],
  ['what is negative too', 'log', [1, 1000], -5, 0],
] as const)('%s', (_name, kind, ends, value, expected) => {
  expect(placeOn(kind, ends, value)).toBeCloseTo(expected, 12);
});

test.each([
  ['tenths', [0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['without binary dust', [0, 0.3], 3, [0, 0.1, 0.2, 0.3]],
  ['within odd ends', [13, 287], 5, [50, 100, 150, 200, 250]],
  ['below zero', [-0.1, 0.1], 4, [-0.1, -0.05, 0, 0.05, 0.1]],
  ['one value', [5, 5], 5, [5]],
] as const)('linear ticks: %s', (_name, ends, most, ticks) => {
  expect(linearTicks(ends, most)).toEqual(ticks);
});

test.each([
  ['ones, twos and fives', [10, 200], 6, [10, 20, 50, 100, 200]],
  ['threes where twos and fives are too many', [1, 1000], 7, [1, 3, 10, 30, 100, 300, 1000]],
  ['powers', [1, 10_000], 4, [1, 10, 100, 1000, 10_000]],
  ['every second power', [1, 1e6], 4, [1, 100, 10_000, 1e6]],
  ['shares', [0.01, 1], 3, [0.01, 0.1, 1]],
  ['within one power', [300, 400], 5, [300, 320, 340, 360, 380, 400]],
] as const)('log ticks: %s', (_name, ends, most, ticks) => {
  expect(logTicks(ends, most)).toEqual(ticks);
});

test.each([
  ['zero when it is near', 'linear', [0.35, 0.76], [0, 0.8]],
  ['not zero when it is far', 'linear', [1000, 1080], [1000, 1080]],
  ['differences around zero', 'linear', [-0.03, 0.08], [-0.05, 0.1]],
  ['all below zero', 'linear', [-3, -1], [-3, 0]],
  ['a single value', 'linear', [5], [0, 10]],
  ['a single zero', 'linear', [0], [0, 1]],
  ['a single negative', 'linear', [-2], [-4, 0]],
  ['nothing', 'linear', [], [0, 1]],
  ['ones, twos and fives around', 'log', [12, 3100], [10, 5000]],
  ['only what is above zero', 'log', [0, -4, 30, 90], [20, 100]],
  ['one value', 'log', [30], [20, 200]],
  ['nothing to draw', 'log', [0], [1, 10]],
] as const)('ends: %s', (_name, kind, values, ends) => {
  expect(endsOf(kind, values, 5)).toEqual(ends);
});

describe('for all data', () => {
  // Down to millionths: what is smaller is no figure of a run.
  const figure = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6);
  const values = fc.array(figure, { minLength: 1, maxLength: 20 });
  test('the ends hold the data, and there are as many ticks as have room', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (data, most) => {
        const ends = endsOf('linear', data, most);
        const slack = 1e-6 * (ends[1] - ends[0]);
        expect(ends[1]).toBeGreaterThan(ends[0]);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(ends[0] - slack);
        expect(Math.max(...data)).toBeLessThanOrEqual(ends[1] + slack);
        const ticks = linearTicks(ends, most);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
  test('so on a log scale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-4, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 10 }),
        (data, most) => {
          const ends = endsOf('log', data, most);
          expect(ends[0]).toBeGreaterThan(0);
          expect(Math.min(...data)).toBeGreaterThanOrEqual(ends[0] * (1 - 1e-6));
          expect(Math.max(...data)).toBeLessThanOrEqual(ends[1] * (1 + 1e-6));
          const ticks = logTicks(ends, most);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});
