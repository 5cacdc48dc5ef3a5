import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateTokens } from './length';
import { tokenize } from './tokens';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const words = (text: string): string[] => {
  const { count, starts, ends } = tokenize(text);
  return Array.from({ length: count }, (_, at) => text.slice(starts[at], ends[at]));
};
const hashes = (text: string): number[] => [...tokenize(text).hashes.slice(0, tokenize(text).count)];

test.each([
  ['words and marks', 'It moves, slowly; (left).', ['It', 'moves', 'slowly', 'left']],
  ['letters and digits in one', 'frame12 x2', ['frame12', 'x2']],
  ['decimals are two', '3.5', ['3', '5']],
  ['letters with marks above', 'déjà vu', ['déjà', 'vu']],
  ['Chinese', '人走进room', ['人', '走', '进', 'room']],
  ['Chinese marks and wide space', '人，\u3000走。（进）：', ['人', '走', '进']],
  ['Thai', 'ขวา', ['ข', 'ว', 'า']],
  ['halves of a pair', '\ud83d\udfff', ['\ud83d', '\udfff']],
  ['a word of 32 letters', 'x'.repeat(32), ['x'.repeat(32)]],
  ['a word of 33 letters', 'x'.repeat(33), ['x'.repeat(32), 'x']],
  ['95 marks', '!'.repeat(95), []],
  ['96 marks', '!'.repeat(96), Array.from({ length: 12 }, () => '!'.repeat(8))],
  ['100 marks, the rest in a last word', '!'.repeat(100), [...Array.from({ length: 12 }, () => '!'.repeat(8)), '!!!!']],
  ['marks with space', `a ${'. '.repeat(96)}b`, ['a', ...Array.from({ length: 12 }, () => '. '.repeat(8).trim()), 'b']],
  ['two short runs of marks', `${'!'.repeat(60)} a ${'!'.repeat(60)}`, ['a']],
  ['nothing', '', []],
] as const)('%s', (_name, text, wanted) => {
  expect(words(text)).toEqual(wanted);
});

test('more words than were reckoned with', () => {
  expect(words('人'.repeat(5_000))).toHaveLength(5_000);
  expect(words(`${'人'.repeat(50)}${'!'.repeat(96)}`)).toEqual([
    ...Array(50).fill('人'),
    ...Array(12).fill('!'.repeat(8)),
  ]);
  expect(words(`人${'!'.repeat(2_000)}${'人'.repeat(300)}`)).toHaveLength(551);
});

describe('equal words have equal hashes, others have others', () => {
  test.each<readonly [name: string, text: string, wanted: readonly number[]]>([
    ['capitals', 'Left LEFT left', [0, 0, 0]],
    ['the ends of the alphabet', 'AZ az', [0, 0]],
    ['what lies beside the capitals', 'a@ a[ a', [0, 0, 0]],
    ['letters in another order', 'ab ba', [0, 1]],
    ['a word and its beginning', 'left lef', [0, 1]],
    ['digits', '12 21 12', [0, 1, 0]],
    ['capitals with marks above stay what they are', 'À à À', [0, 1, 0]],
  ])('%s', (_name, text, wanted) => {
    const found = hashes(text);
    expect(found.map((hash) => found.indexOf(hash))).toEqual(wanted.map((at) => wanted.indexOf(at)));
  });

  test('runs of other marks', () => {
    const [run, other] = [hashes('!'.repeat(96)), hashes('?'.repeat(96))];
    expect(new Set(run).size).toBe(1);
    expect(run[0]).not.toBe(other[0]);
  });
});

test('words lie in order inside the text, never over each other, and hold every letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyUnit, maxLength: 200 }), (text) => {
      const { count, starts, ends } = tokenize(text);
      let before = 0;
      let between = '';
      for (let at = 0; at < count; at += 1) {
        const [start, end] = [starts[at] ?? -1, ends[at] ?? -1];
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        between += text.slice(before, start);
        before = end;
      }
      expect(`${between}${text.slice(before)}`).not.toMatch(/[a-z0-9\u4e00-\u9fff]/i);
    }),
  );
});

describe('estimateTokens of a part', () => {
  const text = 'one two three. Four, five: six 人人人人';
  test.each([
    ['all', 0, text.length, 6 + 3 + 3 + 1],
    ['from a word', 4, 13, 3],
    ['from the middle of a word', 5, 13, 2],
    ['up to the start of a word', 0, 4, 2],
    ['marks within', 0, 20, 4 + 1 + 1],
    ['marks before it are not its own', 15, 25, 2 + 1 + 1],
    ['only Chinese', 31, text.length, 3 + 1],
    ['three Chinese characters', 31, 34, 3 + 1],
    ['nothing', 3, 3, 0],
    ['behind the last word', text.length, text.length, 0],
  ])('%s', (_name, start, end, tokens) => {
    expect(estimateTokens(text, tokenize(text), { start, end })).toBe(tokens);
  });

  test.each([
    ['eight letters', 'abcdefgh', 1 + 1],
    ['nine', 'abcdefghi', 2 + 1],
    ['seventeen', 'abcdefghijklmnopq', 3 + 1],
    ['letters and digits', 'x12345678', 2 + 1],
    ['digits and letters', '12x', 3 + 1],
    ['one Chinese character', '人', 1 + 1],
  ])('of one word: %s', (_name, word, wanted) => {
    expect(estimateTokens(word, tokenize(word), { start: 0, end: word.length })).toBe(wanted);
  });

  const run = '!'.repeat(96);
  // What stands behind the start of the last word counts as one mark, here eight.
  test.each([
    ['alone', run, 89],
    ['behind a word', `a ${run}`, 1 + 89],
    ['before a word', `${run} a`, 96 + 1 + 1],
    ['between words, with other marks before', `a, b ${run} c`, 3 + 97 + 1],
    ['twice', `${run} a ${run}`, 96 + 1 + 89],
  ])('a run of marks counts as its marks: %s', (_name, marks, wanted) => {
    expect(estimateTokens(marks, tokenize(marks), { start: 0, end: marks.length })).toBe(wanted);
  });
});
