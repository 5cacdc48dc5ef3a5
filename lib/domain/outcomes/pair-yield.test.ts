import { expect, test } from 'vitest';
import { groupsOf, type PairYield, per100Groups, sumYields } from './pair-yield';

const ITERATION = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';

test.each([
  ['a pair in every second group', 120, 240, 50],
  ['several from a group', 716, 240, 298.333_333_333],
  ['none', 0, 240, 0],
] as const)('%s', (_name, pairs, groups, expected) => {
  expect(per100Groups(pairs, groups)).toBeCloseTo(expected, 6);
});

test('without groups there is no yield', () => {
  expect(per100Groups(3, 0)).toBeNull();
  expect(groupsOf({ yields: [], groups: [] }, ITERATION)).toBe(0);
  expect(groupsOf({ yields: [], groups: [{ iterationId: ITERATION, k: 1, groups: 7 }] }, ITERATION)).toBe(7);
});

test('yields add up', () => {
  const one: PairYield = {
    iterationId: ITERATION,
    k: 1,
    type: 'accuracy',
    pairs: 10,
    undecided: 1,
    approved: 7,
    rejected: 2,
    edited: 3,
    frozen: 6,
  };
  expect(sumYields([one, { ...one, type: 'length' }])).toEqual({ pairs: 20, approved: 14, frozen: 12 });
  expect(sumYields([])).toEqual({ pairs: 0, approved: 0, frozen: 0 });
});
