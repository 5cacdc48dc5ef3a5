import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
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
  expect(count('left '.repeat(80_000))).toBe(80_000);
  expect(count(`${'left '.repeat(80_000)}!`)).toBeNull();
});

test('tokens that mark the beginning are no words of the text', () => {
  const post_processor = {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '<unk>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { '<unk>': { id: '<unk>', ids: [0], tokens: ['<unk>'] } },
  };
  expect(readTokenizer(JSON.stringify({ ...JSON.parse(words), post_processor }))('It moves left')).toBe(3);
});

test.each([
  ['no JSON', 'vocab', 'This is no tokenizer.json: choose the file of that name'],
  ['other JSON', '[1, 2]', 'This is no tokenizer.json: choose the file of that name'],
  [
    'a model that nobody knows',
    '{"model": {"type": "Unheard"}}',
    expect.stringMatching(/^This tokenizer\.json cannot be read \(.+\): choose another$/),
  ],
])('%s is refused in a sentence', (_name, text, message) => {
  expect(() => readTokenizer(text)).toThrow(expect.objectContaining({ code: 'invalid', message }));
});

test('what the library says is quoted in part, and kept as the cause', () => {
  const normalizer = { type: 'x'.repeat(1_000) };
  try {
    readTokenizer(JSON.stringify({ ...JSON.parse(words), normalizer }));
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid', cause: expect.any(Error) });
    expect(String(error)).toMatch(/x{100}/);
    expect(String(error).length).toBeLessThan(320);
  }
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
