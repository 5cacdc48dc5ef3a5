import { expect, test } from 'vitest';
import { proportion } from './proportion';

// Values of the interval as published tables give them, to three decimals.
test.each([
  ['an even split', 5, 10, 0.5, 0.2366, 0.7634],
  ['none', 0, 10, 0, 0, 0.2775],
  ['all', 10, 10, 1, 0.7225, 1],
  ['one of two hundred', 1, 200, 0.005, 0.0009, 0.0278],
  ['the method at scale', 96, 1560, 0.0615, 0.0506, 0.0746],
] as const)('%s', (_name, count, total, share, low, high) => {
  const found = proportion(count, total);
  expect(found.share).toBeCloseTo(share, 4);
  expect(found.low).toBeCloseTo(low, 3);
  expect(found.high).toBeCloseTo(high, 3);
});

test('nothing to count over is no share', () => {
  expect(proportion(0, 0)).toEqual({ count: 0, total: 0, share: null, low: 0, high: 1 });
});
