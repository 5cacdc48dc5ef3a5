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

  test('three words in a row are speech', () => {
    expect(measure('no no no', 12).loop).toBeNull();
  });

  test('Chinese without spaces', () => {
    const text = '视频中的人走进房间。视频中的人走进房间。';
    const { score, repeats } = measure(text);
    expect(score).toBeCloseTo(0.5, 12);
    expect(quote(text, repeats[0])).toBe('视频中的人走进房间');
  });

  test('a text shorter than the n-gram', () => {
    expect(measure('a b', 12).score).toBe(0);
    expect(measure('', 12).score).toBe(0);
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
