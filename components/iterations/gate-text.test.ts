import { expect, test } from 'vitest';
import { afterSays, policySays, waitingSays } from './gate-text';

const status = (toReview: number, proposed: number) => ({
  toReview,
  toReviewInAll: 20,
  proposed,
  approved: 1_200,
  rejected: 0,
});

test.each([
  ['a sample', status(12, 143), '12 of 20 still to review', 'the policy approves the other 131, '],
  ['all', status(20, 20), '20 of 20 still to review', 'the approved pairs are frozen '],
  ['many', status(1, 1_235), '1 of 20 still to review', 'the policy approves the other 1,234, '],
] as const)('%s', (_name, given, waiting, after) => {
  expect(waitingSays(given)).toBe(waiting);
  expect(afterSays(given).startsWith(after)).toBe(true);
});

test.each([
  [{ policy: 'review_all' }, 'every proposed pair'],
  [{ policy: 'review_sample', count: 1 }, 'a sample of 1 pair,'],
  [{ policy: 'review_sample', count: 2000 }, 'a sample of 2,000 pairs,'],
  [{ policy: 'auto_approve' }, 'Nobody has to review'],
] as const)('%o', (gate, words) => {
  expect(policySays(gate)).toContain(words);
});
