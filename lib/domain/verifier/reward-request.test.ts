import { describe, expect, test } from 'vitest';
import { MAX_ITEMS, openRlhfRequestSchema, rewardItems, rewardRequestSchema } from './reward-request';

const choice = { kind: 'choice', prompt: 'Where to?', options: ['left', 'right'], truth: 'B' } as const;

test('what an item leaves out has a usual value', () => {
  const request = rewardRequestSchema.parse({ items: [{ question: { kind: 'number', truth: '3' }, response: 'x' }] });
  expect(rewardItems(request)).toEqual({
    ok: true,
    items: [
      {
        question: { kind: 'number', prompt: '', options: [], truth: '3' },
        sample: { response: 'x', finishReason: 'unknown', thinkTokens: null },
      },
    ],
  });
});

test('what an item says stays as it is', () => {
  const items = [
    { question: choice, response: 'one', finish_reason: 'stop', think_tokens: 7 },
    { question: choice, response: 'two', finish_reason: 'length', think_tokens: 0 },
  ];
  expect(rewardItems(rewardRequestSchema.parse({ items }))).toEqual({
    ok: true,
    items: [
      { question: choice, sample: { response: 'one', finishReason: 'stop', thinkTokens: 7 } },
      { question: choice, sample: { response: 'two', finishReason: 'length', thinkTokens: 0 } },
    ],
  });
});

test.each([
  ['no items', { items: [] }],
  ['a question without a truth', { items: [{ question: { ...choice, truth: '' }, response: 'x' }] }],
  ['more options than letters', { items: [{ question: { ...choice, options: Array(27).fill('x') }, response: 'x' }] }],
  ['more items than a batch holds', { items: Array(MAX_ITEMS + 1).fill({ question: choice, response: 'x' }) }],
  ['half a token', { items: [{ question: choice, response: 'x', think_tokens: 1.5 }] }],
])('refused: %s', (_name, request) => {
  expect(rewardRequestSchema.safeParse(request).success).toBe(false);
});

type Rlhf = { prompt?: string; query?: string; label?: string | number | null; finishReasons?: readonly string[] };

const rlhf = ({ prompt = 'Q', query = `${prompt}B`, label = 'B', finishReasons }: Rlhf) =>
  rewardItems(
    openRlhfRequestSchema.parse({
      query: [query],
      prompts: [prompt],
      labels: [label],
      ...(finishReasons && { finish_reasons: finishReasons }),
    }),
  );

const itemOf = (given: Rlhf) => {
  const items = rlhf(given);
  if (!items.ok) throw new Error(items.reason);
  return items.items[0];
};

describe('OpenRLHF: lists of one length each', () => {
  test.each([
    ['queries', { query: ['a'], prompts: ['', ''], labels: ['B', 'B'] }],
    ['prompts', { query: ['a', 'b'], prompts: [''], labels: ['B', 'B'] }],
    ['labels', { query: ['a', 'b'], prompts: ['', ''], labels: ['B'] }],
    ['finish reasons', { query: ['a', 'b'], prompts: ['', ''], labels: ['B', 'B'], finish_reasons: ['stop'] }],
  ])('fewer %s', (_name, request) => {
    const { error } = openRlhfRequestSchema.safeParse(request);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      '`query`, `prompts`, `labels` and, if given, `finish_reasons` must have the same length',
    ]);
  });

  test('each query has its own prompt, label and finish reason', () => {
    const request = openRlhfRequestSchema.parse({
      query: ['Q1 one', 'Q2 two'],
      prompts: ['Q1', 'Q2'],
      labels: ['A', 'B'],
      finish_reasons: ['stop', 'length'],
    });
    const items = rewardItems(request);
    expect(items.ok && items.items.map(({ question, sample }) => [question.truth, sample])).toEqual([
      ['A', { response: 'one', finishReason: 'stop', thinkTokens: null }],
      ['B', { response: 'two', finishReason: 'length', thinkTokens: null }],
    ]);
  });

  test('nobody says how sampling ended', () => {
    expect(itemOf({})?.sample.finishReason).toBe('unknown');
  });
});

describe('OpenRLHF: the response behind the prompt', () => {
  const long = `${'It begins. '.repeat(40)}Which way does it go?`;
  test.each([
    ['right behind it', 'Q', 'Q B', 'B'],
    ['no prompt', '', ' B ', 'B'],
    ['a prompt of space alone', ' \n', 'B', 'B'],
    ['both end tokens', 'Q', 'QB<|im_end|><|endoftext|>', 'B'],
    ['an end token in the middle stays', 'Q', 'Q<|im_end|>B', '<|im_end|>B'],
    ['the prompt lost its beginning', `<|im_start|>user\n${long}`, `user\n${long}\nB`, 'B'],
    ['only its last 200 characters are there', long, `…${long.slice(-200)} B`, 'B'],
    ['fewer of its last characters are there', long, `…${long.slice(-199)} B`, `…${long.slice(-199)} B`],
    ['a prompt that says the same twice', 'ab'.repeat(150), `${'ab'.repeat(150)} B`, 'B'],
    ['space around the prompt is gone', ' Q? \n', 'user: Q?B', 'B'],
  ])('%s', (_name, prompt, query, response) => {
    expect(itemOf({ prompt, query })?.sample.response).toBe(response);
  });
});

describe('OpenRLHF: labels', () => {
  const listed = 'Which one?\nA. left\nB. right';
  test.each([
    ['a letter', listed, 'B', { kind: 'choice', truth: 'B', options: ['left', 'right'], prompt: 'Which one?' }],
    ['in tags', listed, '<answer>A</answer>', { kind: 'choice', truth: 'A' }],
    ['a number', 'How many?', 3, { kind: 'number', truth: '3', prompt: 'How many?', options: [] }],
    ['a question of ours', 'ignored', JSON.stringify(choice), choice],
    ['a set begins with a brace', 'Which?', '{1, 2}', { truth: '{1, 2}' }],
    ['JSON of something else', 'Which?', '{"x": 1}', { truth: '{"x": 1}' }],
    ['a word', 'What is it?', 'a lamp', { kind: 'text', truth: 'a lamp' }],
    ['a list', 'Which?', '[1, 2]', { truth: '[1, 2]' }],
  ] as const)('%s', (_name, prompt, label, question) => {
    expect(itemOf({ prompt, label })?.question).toMatchObject(question);
  });

  test.each([
    ['nothing', null, /^labels\[0\]: there is no truth to compare with$/],
    ['no text', ' ', /^labels\[0\]: there is no truth to compare with$/],
    ['empty tags', '<answer> </answer>', /^labels\[0\]: there is no truth to compare with$/],
    ['a kind that is none', '{"kind": "riddle", "truth": "B"}', /^labels\[0\]: this is no question: [\s\S]*kind/],
    ['a kind without a truth', '{"kind": "choice"}', /^labels\[0\]: this is no question: [\s\S]*truth/],
    ['a truth without a kind', '{"truth": "B"}', /^labels\[0\]: this is no question: [\s\S]*kind/],
  ])('refused: %s', (_name, label, reason) => {
    expect(rlhf({ label })).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test('the first label that is none is named', () => {
    const request = { query: ['a', 'b', 'c'], prompts: ['', '', ''], labels: ['B', null, null] };
    expect(rewardItems(openRlhfRequestSchema.parse(request))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('labels[1]'),
    });
  });
});
