import { expect, test } from 'vitest';
import { agreementOf, countPairs, type Standing } from './decision';

const place = { iterationId: '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11', k: 1, type: 'accuracy' } as const;
const standing: Standing[] = [
  { ...place, by: 'people', outcome: 'unchanged', pairs: 8 },
  { ...place, by: 'people', outcome: 'swapped', pairs: 1 },
  { ...place, by: 'people', outcome: 'rejected', pairs: 1 },
  { ...place, by: 'policy', outcome: 'unchanged', pairs: 100 },
  { ...place, by: null, outcome: 'undecided', pairs: 50 },
];

test('agreement is of what people decided, and of nothing else', () => {
  // Wilson, 8 of 10: 0.4902 to 0.9433.
  const { count, total, share, low, high } = agreementOf(standing);
  expect([count, total, share]).toEqual([8, 10, 0.8]);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
});

test('where a policy decided all, nobody agreed with anything', () => {
  const policy = standing.filter(({ by }) => by !== 'people');
  expect(agreementOf(policy)).toMatchObject({ count: 0, total: 0, share: null });
  expect(countPairs(policy, () => true)).toBe(150);
});
