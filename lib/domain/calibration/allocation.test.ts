import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, shareOut } from './allocation';

const stratum = (consistency: string, total: number, name = `${consistency} ${total}`) => ({
  name,
  consistency,
  total,
});

describe('allocate', () => {
  test.each([
    ['equal parts for what the verifier said', [['consistent', 1200], ['inconsistent', 60], ['undetermined', 300]], 42, [14, 14, 14]], // biome-ignore format: a row a case
    [
      'what one cannot take, the others do',
      [
        ['consistent', 1200],
        ['inconsistent', 4],
      ],
      40,
      [36, 4],
    ],
    [
      'no more than there are',
      [
        ['consistent', 3],
        ['inconsistent', 2],
      ],
      40,
      [3, 2],
    ],
    [
      'within an answer by the square root',
      [
        ['consistent', 900],
        ['consistent', 100],
      ],
      40,
      [30, 10],
    ],
    [
      'rare strata get one',
      [
        ['consistent', 100_000],
        ['consistent', 1],
      ],
      40,
      [39, 1],
    ],
    [
      'fewer places than strata: the largest',
      [
        ['consistent', 5],
        ['consistent', 9],
        ['consistent', 7],
      ],
      2,
      [0, 1, 1],
    ],
    ['nothing to draw from', [], 40, []],
  ] as const)('%s', (_name, strata, size, expected) => {
    expect(
      allocate(
        strata.map(([said, total], at) => stratum(said, total, String(at))),
        size,
      ),
    ).toEqual(expected);
  });

  test('gives out every place that there is, and none that there is not', () => {
    const strata = fc.array(
      fc.record({
        name: fc.string(),
        consistency: fc.constantFrom('consistent', 'inconsistent', 'undetermined'),
        total: fc.integer({ min: 1, max: 500 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(strata, fc.integer({ min: 1, max: 400 }), (all, size) => {
        const taken = allocate(all, size);
        const total = all.reduce((sum, one) => sum + one.total, 0);
        expect(taken.reduce((sum, share) => sum + share, 0)).toBe(Math.min(size, total));
        taken.forEach((share, at) => {
          expect(share).toBeLessThanOrEqual(all[at]?.total ?? 0);
        });
      }),
    );
  });
});

test('a larger part never gets fewer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 80 }),
      (totals, size) => {
        const shares = shareOut(totals, size);
        for (const [a, one] of totals.entries())
          for (const [b, other] of totals.entries())
            if (one > other) expect(shares[a] ?? 0).toBeGreaterThanOrEqual(shares[b] ?? 0);
      },
    ),
  );
});
