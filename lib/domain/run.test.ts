import { expect, test } from 'vitest';
import { emptyTally, sumTallies } from './run';

test('tallies add up field by field', () => {
  const one = { ...emptyTally(), rollouts: 3, correct: 1 };
  expect(sumTallies([one, { ...one, inconsistent: 2 }])).toEqual({
    ...emptyTally(),
    rollouts: 6,
    correct: 2,
    inconsistent: 2,
  });
});
