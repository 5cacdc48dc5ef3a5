import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, lcsLength, withoutCommonEnds } from './sequences';

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 80 });

/** The textbook recurrence, whole table. */
const plainLcs = (left: readonly string[], right: readonly string[]): number => {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const token of left) {
    const next = [0];
    right.forEach((other, i) => {
      next.push(token === other ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
};

test.each([
  ['nothing shared', ['a'], ['b'], { shared: 0, left: ['a'], right: ['b'] }],
  ['all shared', ['a', 'b'], ['a', 'b'], { shared: 2, left: [], right: [] }],
  ['an insertion', ['a', 'c'], ['a', 'b', 'c'], { shared: 2, left: [], right: ['b'] }],
  ['ends never overlap', ['a', 'a'], ['a', 'a', 'a'], { shared: 2, left: [], right: ['a'] }],
])('common ends: %s', (_name, left, right, middles) => {
  expect(withoutCommonEnds(left, right)).toEqual(middles);
});

test('the longest common subsequence is that of the whole table', () => {
  fc.assert(fc.property(words, words, (left, right) => lcsLength(left, right) === plainLcs(left, right)));
});

test.each([
  ['same', 'a b c', 'a b c', 0],
  ['one substituted', 'a b c', 'a x c', 1],
  ['one missing', 'a b c', 'a c', 1],
  ['one too many', 'a b', 'a x b', 1],
  ['swapped', 'a b', 'b a', 2],
  ['all against nothing', 'a b c', '', 3],
])('edits: %s', (_name, left, right, edits) => {
  const split = (text: string) => text.split(' ').filter((word) => word !== '');
  expect(editDistance(split(left), split(right))).toBe(edits);
});

describe('sequences that no table could hold', () => {
  const count = 300_000;
  const different = (prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const one = different('a');

  test('equal ones are equal to the last word', () => {
    expect(lcsLength(one, [...one])).toBe(count);
    expect(editDistance(one, [...one])).toBe(0);
  });

  test('others are bounded: no better than they are', { timeout: 60_000 }, () => {
    const other = one.toReversed();
    const before = process.memoryUsage.rss();
    expect(lcsLength(one, other)).toBeLessThanOrEqual(1);
    expect(editDistance(one, other)).toBeGreaterThanOrEqual(count - 1);
    expect(process.memoryUsage.rss() - before).toBeLessThan(1_000_000_000);
  });
});
