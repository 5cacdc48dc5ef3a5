import { describe, expect, test } from 'vitest';
import { estimateTokens } from './length';
import { measureRepetition } from './repetition';
import { tokenize } from './tokens';

const measure = (text: string, ngram = 4) => measureRepetition(tokenize(text), ngram);
const quote = (text: string, span: { start: number; end: number } | null | undefined) =>
  span ? text.slice(span.start, span.end) : null;

describe('measureRepetition', () => {
  test('nothing repeats', () => {
    expect(measure('one two three four five six seven eight')).toEqual({ score: 0, repeats: [], loop: null });
  });

  test('a passage said twice counts once', () => {
    const text = 'alpha beta gamma delta. And then, ALPHA beta gamma delta!';
    const { score, repeats } = measure(text);
    expect(score).toBeCloseTo(4 / 10, 12);
    expect(repeats.map((span) => quote(text, span))).toEqual(['ALPHA beta gamma delta']);
  });

  test('a loop at the end, shorter than the n-gram', () => {
    const text = `It begins well. ${'so it is '.repeat(6).trim()}`;
    const { score, loop } = measure(text, 12);
    expect(quote(text, loop)).toBe('so it is '.repeat(5).trim());
    expect(score).toBeCloseTo(15 / 21, 12);
  });

  test.each([
    ['three words are speech', 'no '.repeat(3), null],
    ['eleven words are too few', 'no '.repeat(11), null],
    ['twelve are a loop', 'no '.repeat(12), 'no '.repeat(11).trim()],
    ['two turns are none', 'one two three four five six '.repeat(2), null],
    ['three turns are', 'one two three four '.repeat(3), 'one two three four '.repeat(2).trim()],
    [
      'a part of a turn before counts',
      `four ${'one two three four '.repeat(3)}`,
      'four one two three four one two three four',
    ],
    ['half a word behind it', `${'one two three four '.repeat(3)}on`, 'one two three four '.repeat(2).trim()],
    ['two words behind it', `${'one two three four '.repeat(3)}and on`, null],
    ['the shortest turn', 'no no '.repeat(8), 'no '.repeat(15).trim()],
    ['a loop that broke before', `${'no '.repeat(20)}yes ${'no '.repeat(12)}`, 'no '.repeat(11).trim()],
  ])('the loop at the end: %s', (_name, text, wanted) => {
    const { loop, score } = measure(text, 64);
    expect(quote(text, loop)).toBe(wanted);
    expect(score === 0).toBe(wanted === null);
  });

  test('tokens that repeat and that loop count once', () => {
    expect(measure('a b c d a b c d a b c d', 4).score).toBeCloseTo(8 / 12, 12);
    expect(measure('no '.repeat(12), 64).score).toBeCloseTo(11 / 12, 12);
  });

  test('the shortest text that can repeat', () => {
    expect(measure('a a a', 2).score).toBeCloseTo(2 / 3, 12);
    expect(measure('a a', 2).score).toBe(0);
  });

  test('overlapping passages are one span, others have their own', () => {
    const text = 'a b c d e. x a b c d e. y b c d e';
    expect(measure(text, 4).repeats.map((span) => quote(text, span))).toEqual(['a b c d e', 'b c d e']);
  });

  test('a passage that is back at once, and one at the very end', () => {
    const text = 'a a a a b';
    expect(measure(text, 2)).toMatchObject({ score: 3 / 5, repeats: [{ start: 2, end: 7 }] });
  });

  test.each([49, 50, 51])('of %i repeated passages 50 at most are quoted, the first ones', (count) => {
    const text = `a b c ${Array.from({ length: count }, (_, at) => `x${at} a b c`).join(' ')}`;
    const { repeats, score } = measure(text, 3);
    expect(repeats).toHaveLength(Math.min(count, 50));
    expect(repeats[0]).toEqual({ start: 9, end: 14 });
    expect(score).toBeCloseTo((3 * count) / (3 + 4 * count), 12);
  });

  test('passages that only hash alike are told apart', () => {
    const words = (seed: number) => Array.from({ length: 4_000 }, (_, at) => `w${(at * seed) % 9_973}`).join(' ');
    expect(measure(words(7), 2)).toEqual({ score: 0, repeats: [], loop: null });
  });

  test('Chinese without spaces', () => {
    const text = '视频中的人走进房间。视频中的人走进房间。';
    const { score, repeats } = measure(text);
    expect(score).toBeCloseTo(0.5, 12);
    expect(quote(text, repeats[0])).toBe('视频中的人走进房间');
  });

  test('a text shorter than the n-gram', () => {
    expect(measure('a b', 12).score).toBe(0);
    expect(measure('', 12)).toEqual({ score: 0, repeats: [], loop: null });
    expect(measure('!?', 12)).toEqual({ score: 0, repeats: [], loop: null });
  });
});

test.each([
  ['words', 'the answer is', 3 + 1],
  ['a long word', 'electromagnetism', 2 + 1],
  ['digits', '2024', 4 + 1],
  ['marks', 'a, b', 3 + 1],
  ['Chinese', '视频中的', 3 + 1],
  ['nothing', '', 0],
])('estimateTokens: %s', (_name, text, tokens) => {
  expect(estimateTokens(text, tokenize(text), { start: 0, end: text.length })).toBe(tokens);
});
