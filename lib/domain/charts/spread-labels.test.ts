import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadLabels } from './spread-labels';

test.each([
  ['nothing', [], []],
  ['far apart stay', [10, 50, 90], [10, 50, 90]],
  ['two on one spot part evenly', [50, 50], [45, 55]],
  ['a block moves to the mean of its wishes', [50, 52, 54], [42, 52, 62]],
  ['one that is free is left alone', [50, 50, 90], [45, 55, 90]],
  ['in the order given, not by height', [90, 50, 50], [90, 45, 55]],
  ['pushed down from the top', [0, 1], [0, 10]],
  ['pushed up from the bottom', [99, 100], [90, 100]],
  ['blocks that meet become one', [40, 45, 50, 55], [32.5, 42.5, 52.5, 62.5]],
] as const)('%s', (_name, wishes, expected) => {
  expect(spreadLabels(wishes, 10, [0, 100])).toEqual(expected);
});

test('too many do not fit', () => {
  expect(spreadLabels([1, 2, 3], 10, [0, 19])).toBeNull();
  expect(spreadLabels([1, 2, 3], 10, [0, 20])).toEqual([0, 10, 20]);
});

test('whatever the wishes, none covers another, none leaves the room, and the order is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 250 }), { minLength: 1, maxLength: 12 }), (wishes) => {
      const placed = spreadLabels(wishes, 14, [0, 200]);
      expect(placed).not.toBeNull();
      const order = wishes
        .map((wish, at) => ({ wish, at, y: placed?.[at] ?? Number.NaN }))
        .sort((a, b) => a.wish - b.wish || a.at - b.at);
      for (const [at, { y }] of order.entries()) {
        expect(y).toBeGreaterThanOrEqual(-1e-9);
        expect(y).toBeLessThanOrEqual(200 + 1e-9);
        if (at > 0) expect(y - (order[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
      }
    }),
  );
});
