import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binCounts, countBeyond, ecdfOf, joinCounts, type LengthCounts, meanOf, quantilesOf, totalOf } from './counts';

type One = { readonly length: number; readonly correct: boolean | null };

const rollouts = fc.array(
  fc.record({
    length: fc.oneof(fc.nat(20), fc.nat(3_000)),
    correct: fc.constantFrom(true, false, null),
  }),
  { maxLength: 200 },
);

/** As PostgreSQL groups them. */
const count = (all: readonly One[]): LengthCounts =>
  [...Map.groupBy(all, ({ length }) => length)]
    .map(([length, own]) => ({
      length,
      n: own.length,
      correct: own.filter(({ correct }) => correct === true).length,
      incorrect: own.filter(({ correct }) => correct === false).length,
    }))
    .sort((a, b) => a.length - b.length);

const sorted = (all: readonly One[]): number[] => all.map(({ length }) => length).sort((a, b) => a - b);

describe('from counts follows what follows from the lengths themselves', () => {
  test('quantiles: the shortest length that the share of all does not exceed', () => {
    fc.assert(
      fc.property(rollouts, fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 }), (all, percents) => {
        const shares = percents.map((percent) => percent / 100).sort((a, b) => a - b);
        const lengths = sorted(all);
        const naive = shares.map((_, at) => {
          const percent = [...percents].sort((a, b) => a - b)[at] ?? 0;
          // In whole numbers, so that no rounding decides.
          return lengths.find((_length, index) => (index + 1) * 100 >= percent * lengths.length);
        });
        expect(quantilesOf(count(all), shares)).toEqual(naive.filter((length) => length !== undefined));
      }),
    );
  });

  test('the distribution function: every point exact, from the shortest to the longest, and no more than asked', () => {
    fc.assert(
      fc.property(rollouts, fc.integer({ min: 2, max: 40 }), (all, most) => {
        const lengths = sorted(all);
        const points = ecdfOf(count(all), most);
        expect(points.length).toBeLessThanOrEqual(most);
        for (const { length, upto } of points) expect(upto).toBe(lengths.filter((one) => one <= length).length);
        expect(points[0]?.length).toBe(lengths[0]);
        expect(points.at(-1)?.length).toBe(lengths.at(-1));
        if (new Set(lengths).size <= most) expect(points).toHaveLength(new Set(lengths).size);
      }),
    );
  });

  test('bins, sums and means', () => {
    fc.assert(
      fc.property(rollouts, fc.uniqueArray(fc.nat(3_100), { maxLength: 12 }), fc.nat(3_000), (all, some, limit) => {
        const edges = some.sort((a, b) => a - b);
        const counts = count(all);
        expect(binCounts(counts, edges)).toEqual(
          edges.slice(1).map((end, at) => {
            const own = all.filter(({ length }) => length >= (edges[at] ?? 0) && length < end);
            const are = (wanted: boolean) => own.filter(({ correct }) => correct === wanted).length;
            return { n: own.length, correct: are(true), incorrect: are(false) };
          }),
        );
        expect(totalOf(counts)).toBe(all.length);
        expect(countBeyond(counts, limit)).toBe(all.filter(({ length }) => length > limit).length);
        if (all.length === 0) expect(meanOf(counts)).toBeNull();
        else expect(meanOf(counts)).toBeCloseTo(sorted(all).reduce((a, b) => a + b, 0) / all.length, 9);
      }),
    );
  });

  test('joined counts are those of the union', () => {
    fc.assert(
      fc.property(fc.array(rollouts, { maxLength: 4 }), (parts) => {
        expect(joinCounts(parts.map(count))).toEqual(count(parts.flat()));
      }),
    );
  });
});

test.each([
  ['one rollout', [7], [0, 0.5, 1], [7, 7, 7]],
  ['the lower of two is the median', [1, 9], [0.5, 0.51], [1, 9]],
  ['a tenth of ten', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.1, 0.3, 0.7, 0.95], [1, 3, 7, 10]],
  ['none', [], [0.5], []],
] as const)('quantiles of %s', (_name, lengths, shares, expected) => {
  expect(quantilesOf(count(lengths.map((length) => ({ length, correct: null }))), shares)).toEqual(expected);
});
