import { expect, test } from 'vitest';
import { counted, formatCount } from './counted';

test.each([
  [0, '0 pairs'],
  [1, '1 pair'],
  [2, '2 pairs'],
  [1_200_000, '1,200,000 pairs'],
])('%d', (count, says) => {
  expect(counted(count, 'pair')).toBe(says);
});

test('a count is grouped in threes', () => {
  expect(formatCount(12_345)).toBe('12,345');
});
