import { describe, expect, test } from 'vitest';
import { quantileOfSorted, quantiles } from './quantile';

describe('quantiles', () => {
  // numpy.quantile
  test.each([
    ['median of an even count', [1, 2, 3, 4], 0.5, 2.5],
    ['a tenth', [1, 2, 3, 4], 0.1, 1.3],
    ['ends', [7, 1, 3], 1, 7],
    ['one value', [5], 0.3, 5],
    ['unsorted, not by text', [10, 9, 100], 0, 9],
  ] as const)('%s', (_name, values, p, expected) => {
    expect(quantiles(values, [p])[0]).toBeCloseTo(expected, 12);
  });

  test('none of nothing, and no probability above 1', () => {
    expect(quantiles([], [0, 0.5])).toEqual([null, null]);
    expect(() => quantileOfSorted([1], 1.01)).toThrow(RangeError);
  });
});
