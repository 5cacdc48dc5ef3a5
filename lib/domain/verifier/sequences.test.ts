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
  const list = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const [same, gap] = [list('s', 4_999), list('g', 5_000)];

  test.each([
    ['the largest table', [...same, 'x'], [...gap, ...same, 'y'], 5_001],
    [
      'a row more: what is behind the beginning counts as different',
      [...same, 'x'],
      [...gap, 'h', ...same, 'y'],
      10_001,
    ],
    ['all different', list('a', 8_000), list('b', 7_500), 8_000],
  ])('edits: %s', (_name, left, right, edits) => {
    expect(editDistance(left, right)).toBe(edits);
  });

  const [long, filler] = [list('s', 30_998), list('f', 19_000)];
  test.each([
    ['the longest scan', ['a', ...long, 'x'], ['b', ...filler, ...long, 'y'], 30_998],
    ['a word more', ['a', ...long, 'x'], ['b', ...filler, 'g', ...long, 'y'], 10_998],
  ])('subsequence: %s', (_name, left, right, length) => {
    expect(lcsLength(left, right)).toBe(length);
    expect(lcsLength(right, left)).toBe(length);
  });
});
