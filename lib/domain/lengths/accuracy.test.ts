import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proportion } from '@/lib/domain/stats/proportion';
import { accuracyBins, quarterDifference, quartersOf, shareDifference } from './accuracy';
import type { LengthCounts } from './counts';

const counted = fc
  .uniqueArray(fc.record({ length: fc.nat(400), correct: fc.nat(6), incorrect: fc.nat(6), unjudged: fc.nat(3) }), {
    selector: ({ length }) => length,
    maxLength: 60,
  })
  .map(
    (rows): LengthCounts =>
      rows
        .map(({ length, correct, incorrect, unjudged }) => ({
          length,
          correct,
          incorrect,
          n: correct + incorrect + unjudged,
        }))
        .sort((a, b) => a.length - b.length),
  );

describe('bins of length against accuracy', () => {
  test('are apart, in order, and hold every rollout with a truth', () => {
    fc.assert(
      fc.property(counted, fc.integer({ min: 1, max: 12 }), (counts, most) => {
        const bins = accuracyBins(counts, most);
        const sum = (pick: (row: { correct: number; incorrect: number }) => number) =>
          counts.reduce((total, row) => total + pick(row), 0);
        const total = sum(({ correct, incorrect }) => correct + incorrect);
        expect(bins.length).toBeLessThanOrEqual(most);
        expect(bins.reduce((all, { n }) => all + n, 0)).toBe(total);
        expect(bins.reduce((all, { correct }) => all + correct, 0)).toBe(sum(({ correct }) => correct));
        for (const [at, { from, middle, to, n }] of bins.entries()) {
          expect(from).toBeLessThanOrEqual(middle);
          expect(middle).toBeLessThanOrEqual(to);
          if (at > 0) expect(from).toBeGreaterThan(bins[at - 1]?.to ?? 0);
          // A bin may be short of its share by what a length of many rollouts gave to the bin before.
          expect(n).toBeGreaterThan(0);
        }
        if (total > 0 && total < 20) expect(bins).toHaveLength(1);
      }),
    );
  });

  test('four equal ones', () => {
    const counts = Array.from({ length: 40 }, (_, at) => ({
      length: at + 1,
      n: 1,
      correct: at < 30 ? 1 : 0,
      incorrect: at < 30 ? 0 : 1,
    }));
    expect(accuracyBins(counts, 10)).toEqual([
      { from: 1, to: 10, middle: 5, n: 10, correct: 10 },
      { from: 11, to: 20, middle: 15, n: 10, correct: 10 },
      { from: 21, to: 30, middle: 25, n: 10, correct: 10 },
      { from: 31, to: 40, middle: 35, n: 10, correct: 0 },
    ]);
    expect(quartersOf(counts)).toEqual({
      shortest: { n: 10, correct: 10, to: 10 },
      longest: { n: 11, correct: 1, from: 30 },
    });
  });

  test('without a truth there is none, and quarters that share a length are none', () => {
    expect(accuracyBins([{ length: 4, n: 9, correct: 0, incorrect: 0 }], 5)).toEqual([]);
    expect(quartersOf([{ length: 4, n: 9, correct: 5, incorrect: 4 }])).toBeNull();
    expect(quartersOf([])).toBeNull();
  });
});

describe('the difference of two shares', () => {
  // R. G. Newcombe (1998), table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20.
  test.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [10, 10, 0, 20, 1, 0.6791, 1],
  ])('%d of %d less %d of %d', (a, of, b, other, difference, low, high) => {
    const found = shareDifference(proportion(a, of), proportion(b, other));
    expect(found?.difference).toBeCloseTo(difference, 10);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  test('is not there where one counts nothing', () => {
    expect(shareDifference(proportion(1, 2), proportion(0, 0))).toBeNull();
  });

  test('of quarters is the longest less the shortest', () => {
    const quarters = { shortest: { n: 80, correct: 48, to: 10 }, longest: { n: 70, correct: 56, from: 30 } };
    expect(quarterDifference(quarters)?.low).toBeCloseTo(0.0524, 4);
  });
});
