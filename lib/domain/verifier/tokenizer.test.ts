import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { measure } from './measure';
import { prepareQuestion } from './prepared-question';
import { defaultVerifierSettings } from './settings';
import { readTokenizer } from './tokenizer';

/** Splits at spaces, one token a word: small enough to count by hand. */
const words = JSON.stringify({
  version: '1.0',
  added_tokens: [{ id: 0, content: '<unk>', special: true }],
  normalizer: null,
  pre_tokenizer: { type: 'WhitespaceSplit' },
  post_processor: null,
  decoder: null,
  model: { type: 'WordLevel', vocab: { '<unk>': 0, It: 1, moves: 2, left: 3 }, unk_token: '<unk>' },
});
const count = readTokenizer(words);

test.each([
  ['nothing', '', 0],
  ['three words', 'It moves left', 3],
  ['words it does not know', 'It moves sideways today', 4],
] as const)('%s', (_name, text, tokens) => {
  expect(count(text)).toBe(tokens);
});

test('a text that nobody waits for is not counted', () => {
  expect(count('left '.repeat(100_000))).toBeNull();
});

test.each([
  ['no JSON', 'vocab'],
  ['other JSON', '[1, 2]'],
  ['a model without a vocabulary', '{"model": {"type": "Unheard"}}'],
])('%s is refused in a sentence', (_name, text) => {
  expect(() => readTokenizer(text)).toThrow(AppError);
});

describe('the length of a thinking', () => {
  const question = prepareQuestion({ kind: 'choice', prompt: 'Where?', options: ['left', 'right'], truth: 'A' });
  const lengthOf = (response: string, thinkTokens: number | null) => {
    const found = measure(question, { response, finishReason: 'stop', thinkTokens }, defaultVerifierSettings, count);
    return [found.thinkTokens, found.tokenSource];
  };

  test.each([
    ['counts the words between the tags', '<think>It moves left</think><answer>A</answer>', null, 3, 'tokenizer'],
    ["leaves the trainer's count", '<think>It moves left</think><answer>A</answer>', 7, 7, 'trainer'],
    ['counts a thinking that was cut off', '<think>It moves', null, 2, 'tokenizer'],
    ['counts none where none is', 'A', null, 0, 'tokenizer'],
  ] as const)('%s', (_name, response, given, tokens, source) => {
    expect(lengthOf(response, given)).toEqual([tokens, source]);
  });

  test('is an estimate where it is too long to count', () => {
    expect(lengthOf(`<think>${'left '.repeat(100_000)}</think><answer>A</answer>`, null)[1]).toBe('estimate');
  });
});

const models = path.join(import.meta.dirname, '../../../examples/moving-shapes/models');

test.each(readdirSync(models))("the tokenizer of the example's %s reads", (model) => {
  const file = path.join(models, model, 'tokenizer.json');
  expect(readTokenizer(readFileSync(file, 'utf8'))('The red circle moves left.')).toBeGreaterThan(3);
});
