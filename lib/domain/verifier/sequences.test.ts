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
  ['two words at the end', ['a', 'c', 'd'], ['b', 'c', 'd'], { shared: 2, left: ['a'], right: ['b'] }],
  ['ends never overlap', ['a', 'a'], ['a', 'a', 'a'], { shared: 2, left: [], right: ['a'] }],
])('common ends: %s', (_name, left, right, middles) => {
  expect(withoutCommonEnds(left, right)).toEqual(middles);
});

/** The textbook recurrence again, for edits. */
const plainEdits = (left: readonly string[], right: readonly string[]): number => {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  left.forEach((token, at) => {
    const next = [at + 1];
    right.forEach((other, i) => {
      const substituted = (row[i] ?? 0) + Number(token !== other);
      next.push(Math.min(substituted, (row[i + 1] ?? 0) + 1, (next[i] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
};

test('the edits are those of the whole table', () => {
  fc.assert(fc.property(words, words, (left, right) => editDistance(left, right) === plainEdits(left, right)));
});

test('the longest common subsequence is that of the whole table', () => {
  fc.assert(fc.property(words, words, (left, right) => lcsLength(left, right) === plainLcs(left, right)));
});

test('and so over several machine words', () => {
  const many = fc.array(fc.constantFrom('a', 'b'), { minLength: 70, maxLength: 140 });
  fc.assert(
    fc.property(many, many, (one, other) => {
      const [left, right] = [
        ['<', ...one, '>'],
        ['(', ...other, ')'],
      ];
      return lcsLength(left, right) === plainLcs(left, right);
    }),
  );
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

describe('where the whole becomes too much, the beginnings are looked at', () => {
  const split = (text: string) => text.split('');

  // A table of 5 × 10 cells at most, else the first 7 of each.
  test.each([
    ['the largest table', 'abcdx', 'ghijkabcdy', 6],
    ['a row more: what is behind the beginning counts as different', 'abcdx', 'ghijklabcdy', 11],
    ['all different', 'abcdefgh', 'ijklmno', 8],
    ['all different, the other way round', 'abcdefg', 'ijklmnop', 8],
    ['the beginning agrees', 'xabcdefgh', 'yabcdefgi', 2 + 1],
  ])('edits: %s', (_name, left, right, edits) => {
    expect(editDistance(split(left), split(right), { steps: 50, beginning: 7 })).toBe(edits);
  });

  // 10 steps at most: one machine word of the shorter against 10 words of the longer; else the first 4 of each.
  test.each([
    ['the longest scan', 'abcdx', 'ghijkabcdy', 4],
    ['a word more', 'abcdx', 'ghiabcdjkly', 1],
    ['of the shorter the beginning alone', 'bcdea', 'aghijklmnop', 0],
    ['what both begin and end with counts besides', '<abcdx>', '<ghiabcdjkly>', 3],
  ])('subsequence: %s', (_name, left, right, length) => {
    expect(lcsLength(split(left), split(right), { steps: 10, beginning: 4 })).toBe(length);
    expect(lcsLength(split(right), split(left), { steps: 10, beginning: 4 })).toBe(length);
  });

  test('32 words are two machine words', () => {
    const list = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    const [left, right] = [list('a', 32), [...list('b', 20), ...list('a', 31), 'c']];
    expect(lcsLength(left, right, { steps: 104, beginning: 4 })).toBe(31);
    expect(lcsLength(left, right, { steps: 103, beginning: 4 })).toBe(0);
  });
});
