import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LengthCounts } from './counts';
import { lengthEdges } from './edges';

const at = (...lengths: readonly number[]): LengthCounts =>
  lengths.map((length) => ({ length, n: 1, correct: 0, incorrect: 0 }));

const counted = fc
  .uniqueArray(fc.oneof(fc.nat(50), fc.nat(100_000)), { minLength: 1, maxLength: 60 })
  .map((lengths) => at(...lengths.sort((a, b) => a - b)));

describe('edges', () => {
  test.each(['linear', 'log'] as const)(
    '%s: whole, rising, few enough, and all that is to be shown is between them',
    (scale) => {
      fc.assert(
        fc.property(counted, fc.integer({ min: 2, max: 40 }), (counts, most) => {
          const edges = lengthEdges(counts, scale, most);
          expect(edges.length - 1).toBeLessThanOrEqual(most);
          expect(edges.length).toBeGreaterThanOrEqual(2);
          for (const [index, edge] of edges.entries()) {
            expect(Number.isInteger(edge)).toBe(true);
            if (index > 0) expect(edge).toBeGreaterThan(edges[index - 1] ?? 0);
          }
          expect(edges[0]).toBeLessThanOrEqual(counts[0]?.length ?? 0);
          if (scale === 'log') expect(edges.at(-1)).toBeGreaterThan(counts.at(-1)?.length ?? 0);
        }),
      );
    },
  );

  test.each([
    ['equal widths at round numbers', at(3, 17, 44), 'linear', 5, [0, 10, 20, 30, 40, 50]],
    ['a width of one', at(2, 3, 5), 'linear', 10, [2, 3, 4, 5, 6]],
    ['one length', at(100), 'linear', 10, [100, 101]],
    ['nothing but zero', at(0), 'linear', 10, [0, 1]],
    ['log: doubling', at(1, 7), 'log', 3, [1, 2, 4, 8]],
    ['log: zero joins the first bin', at(0, 1, 7), 'log', 3, [0, 2, 4, 8]],
    ['log: nothing but zero', at(0), 'log', 4, [0, 1, 2]],
  ] as const)('%s', (_name, counts, scale, most, edges) => {
    expect(lengthEdges(counts, scale, most)).toEqual(edges);
  });

  test('a long tail does not squeeze the rest: a linear histogram ends at the 99th percentile', () => {
    const counts = [
      { length: 100, n: 995, correct: 0, incorrect: 0 },
      { length: 90_000, n: 5, correct: 0, incorrect: 0 },
    ];
    expect(lengthEdges(counts, 'linear', 10).at(-1)).toBe(101);
    expect(lengthEdges(counts, 'log', 10).at(-1)).toBe(90_001);
  });

  test('of nothing are none', () => {
    expect(lengthEdges([], 'linear', 10)).toEqual([]);
  });
});
