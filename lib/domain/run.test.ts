import { expect, test } from 'vitest';
import { emptyTally, joinBins, LENGTH_STEP, sumTallies } from './run';

const bin = (from: number, correct = 1) => ({ from, correct, incorrect: 2, unjudged: 3 });

test.each([
  ['nothing', [], 24, LENGTH_STEP, 0],
  ['few bins keep their width', [bin(0), bin(32)], 24, LENGTH_STEP, 3],
  ['many bins double until they fit', [bin(0), bin(LENGTH_STEP * 47)], 24, LENGTH_STEP * 2, 24],
  ['one far outlier', [bin(0), bin(32_000)], 10, 4096, 8],
] as const)('%s', (_name, narrow, most, width, length) => {
  const joined = joinBins(narrow, most);
  expect(joined.width).toBe(width);
  expect(joined.bins).toHaveLength(length);
});

test('joining loses no rollout', () => {
  const narrow = Array.from({ length: 300 }, (_, at) => bin(at * LENGTH_STEP, at));
  const { bins } = joinBins(narrow, 24);
  expect(bins.reduce((sum, { correct }) => sum + correct, 0)).toBe((299 * 300) / 2);
  expect(bins.reduce((sum, { incorrect }) => sum + incorrect, 0)).toBe(600);
});

test('tallies add up field by field', () => {
  const one = { ...emptyTally(), rollouts: 3, correct: 1 };
  expect(sumTallies([one, { ...one, inconsistent: 2 }])).toEqual({
    ...emptyTally(),
    rollouts: 6,
    correct: 2,
    inconsistent: 2,
  });
});
