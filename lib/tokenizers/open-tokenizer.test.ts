import { expect, test } from 'vitest';
import { openTokenizer, requireSwift } from './open-tokenizer';

const tokenizer = (pattern: string): string =>
  JSON.stringify({
    added_tokens: [],
    normalizer: null,
    post_processor: null,
    decoder: null,
    pre_tokenizer: { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
    model: { type: 'WordLevel', vocab: { '<unk>': 0 }, unk_token: '<unk>' },
  });

const hostile = tokenizer('(?:a|a|b|[a-z])+!');
const quick = { openMs: 5_000, countMs: 50 };

test('a pattern of the usual sort counts as before', () => {
  const count = openTokenizer(tokenizer('\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+|\\s+'));
  expect(count('left or right')).toBe(5);
  expect(count('x'.repeat(400_001))).toBeNull();
  expect(() => requireSwift(tokenizer("'s|\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+"))).not.toThrow();
});

test('a pattern that backtracks without end is ended, and asked no more after the second time', () => {
  const count = openTokenizer(hostile, quick);
  expect(count('left')).toBe(1);
  expect([count('a'.repeat(64)), count('b'.repeat(64))]).toEqual([null, null]);
  expect(count('left')).toBeNull();
});

test('it is refused where it is handed in', () => {
  expect(() => requireSwift(hostile, quick)).toThrow(/takes too long to match/);
});

test('one that hangs on its own trial, and one nested without end, are refused in a sentence', () => {
  expect(() => openTokenizer(tokenizer('(?:[A-Za-z ,.]|[A-Za-z 2]|[\\w\\s]|[^!])+!$'), { openMs: 100 })).toThrow(
    /too long to open/,
  );
  const [open, close] = ['{"type":"Sequence","pretokenizers":['.repeat(50_000), ']}'.repeat(50_000)];
  const text = `{"added_tokens":[],"pre_tokenizer":${open}${close},"model":{"type":"WordLevel","vocab":{}}}`;
  expect(() => openTokenizer(text)).toThrow(/tokenizer/);
  expect(() => openTokenizer(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toThrow(/no tokenizer/);
});
