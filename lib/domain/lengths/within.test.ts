import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Z } from '@/lib/domain/stats/proportion';
import { type WithinSums, withinSlope } from './within';

type Group = readonly { readonly x: number; readonly y: number }[];

const centre = (values: readonly number[]): number[] => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
};

/** The sums as SQL makes them, from the groups themselves. */
const sumsOf = (groups: readonly Group[]): WithinSums => {
  const each = groups.map((group) => {
    const [x, y] = [centre(group.map((one) => one.x)), centre(group.map((one) => one.y))];
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
    return { xy: dot(x, y), xx: dot(x, x) };
  });
  const sum = (pick: (one: { xy: number; xx: number }) => number) => each.reduce((all, one) => all + pick(one), 0);
  return {
    groups: groups.length,
    longer: 0,
    shorter: 0,
    tied: 0,
    xy: sum(({ xy }) => xy),
    xx: sum(({ xx }) => xx),
    xy2: sum(({ xy }) => xy * xy),
    xyxx: sum(({ xy, xx }) => xy * xx),
    xx2: sum(({ xx }) => xx * xx),
  };
};

test('the slope and its interval are those of the residuals, written out', () => {
  const group = fc.array(fc.record({ x: fc.double({ min: 0, max: 12, noNaN: true }), y: fc.constantFrom(0, 1) }), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 12 }), (groups) => {
      const sums = sumsOf(groups);
      fc.pre(sums.xx > 0.01);
      const slope = sums.xy / sums.xx;
      const scores = groups.map((one) => {
        const [x, y] = [centre(one.map((own) => own.x)), centre(one.map((own) => own.y))];
        return x.reduce((sum, value, at) => sum + value * ((y[at] ?? 0) - slope * value), 0);
      });
      const spread = scores.reduce((sum, score) => sum + score * score, 0) * (groups.length / (groups.length - 1));
      const reach = (Z * Math.sqrt(spread)) / sums.xx;
      const found = withinSlope(sums);
      expect(found?.perDoubling).toBeCloseTo(slope, 8);
      expect(found?.low).toBeCloseTo(slope - reach, 5);
      expect(found?.high).toBeCloseTo(slope + reach, 5);
    }),
  );
});

test.each([
  // Twice the length is right, half of it wrong, in every group, whatever the question.
  [
    'always better',
    [
      [3, 4],
      [7, 8],
    ].map(([a = 0, b = 0]) => [
      { x: a, y: 0 },
      { x: b, y: 1 },
    ]),
    1,
  ],
  [
    'better and worse alike',
    [
      [
        { x: 3, y: 0 },
        { x: 4, y: 1 },
      ],
      [
        { x: 3, y: 1 },
        { x: 4, y: 0 },
      ],
    ],
    0,
  ],
])('%s', (_name, groups, slope) => {
  expect(withinSlope(sumsOf(groups))?.perDoubling).toBeCloseTo(slope, 12);
});

test.each([
  [
    'one group',
    [
      [
        { x: 1, y: 0 },
        { x: 2, y: 1 },
      ],
    ],
  ],
  [
    'lengths alike',
    [
      [
        { x: 1, y: 0 },
        { x: 1, y: 1 },
      ],
      [
        { x: 5, y: 0 },
        { x: 5, y: 1 },
      ],
    ],
  ],
  ['none', []],
])('says nothing of %s', (_name, groups) => {
  expect(withinSlope(sumsOf(groups))).toBeNull();
});
