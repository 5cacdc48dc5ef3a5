import { expect, test } from 'vitest';
import { z } from 'zod';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { failedVerdict, rewardAnswer, scoreItems, verdictAnswer } from './reward-api';
import { openRlhfRequestSchema, rewardItems, rewardRequestSchema } from './reward-request';
import { createScorer, type Item } from './score-item';
import { defaultVerifierSettings } from './settings';
import { wholeVerdict, wholeVerdictSchema } from './verify-api';

const itemsOf = (raw: unknown): readonly Item[] => {
  const items = rewardItems(z.union([rewardRequestSchema, openRlhfRequestSchema]).parse(raw));
  if (!items.ok) throw new Error(items.reason);
  return items.items;
};
const score = createScorer(defaultVerifierSettings);

test.each(batch.rows)('$name', ({ question, response, reward, consistency }) => {
  const [item] = itemsOf({ items: [{ question, response }] });
  if (!item) throw new Error('one item in, one out');
  const verdict = verdictAnswer(score(item), defaultVerifierSettings);
  expect(verdict.reward).toBeCloseTo(reward, 12);
  expect(verdict.consistency).toBe(consistency);
});

test('equal questions score alike, whether they were seen before or not', () => {
  const items = itemsOf({ items: [...batch.rows, ...batch.rows] });
  const rewards = items.map((item) => score(item).standing.reward);
  expect(rewards.slice(batch.rows.length)).toEqual(rewards.slice(0, batch.rows.length));
});

test('questions that differ in the truth alone are two', () => {
  const [row] = batch.rows;
  const items = itemsOf({ items: ['A', 'B'].map((truth) => ({ ...row, question: { ...row?.question, truth } })) });
  expect(items.map((item) => score(item).measures.accuracy)).toEqual([0, 1]);
});

test.each(batch.rows)('every span of "$name" quotes the response', ({ question, response }) => {
  const [item] = itemsOf({ items: [{ question, response }] });
  if (!item) throw new Error('one item in, one out');
  const whole = wholeVerdictSchema.parse(wholeVerdict(score(item), response));
  for (const { start, end, quote } of whole.evidence) expect(quote).toBe(response.slice(start, end));
});

test('a long span is quoted in part, and its offsets are whole', () => {
  const response = `<think>${'round and round we go '.repeat(200)}</think>`;
  const [item] = itemsOf({ items: [{ question: batch.rows[0]?.question, response }] });
  if (!item) throw new Error('one item in, one out');
  const longest = wholeVerdict(score(item), response).evidence.find(({ start, end }) => end - start > 1_000);
  expect(longest?.quote).toBe(response.slice(longest?.start, (longest?.start ?? 0) + 300));
});

const good = '<think>It barks, so the answer is B.</think><answer>B</answer>';
const dog = { kind: 'choice', prompt: 'What is it?', options: ['a cat', 'a dog'], truth: 'B' } as const;
const verdictOf = (response: string, truth = 'B', thinkTokens = 20) =>
  verdictAnswer(
    score({ question: { ...dog, truth }, sample: { response, finishReason: 'stop', thinkTokens } }),
    defaultVerifierSettings,
  );

test('a verdict says all that was found', () => {
  expect(verdictOf(good)).toEqual({
    reward: 1.5,
    accuracy: 1,
    format: 0.5,
    correct: true,
    well_formed: true,
    consistency: 'consistent',
    concluded: 'B',
    repetition: 0,
    repetitive: false,
    length: 'in_range',
    think_tokens: 20,
    answer: 'B',
    reasons: {
      format: 'One think block, then one answer block',
      accuracy: 'B is B',
      consistency: expect.any(String),
      repetition: 'No repeated passages',
      length: '20 tokens of thinking',
    },
  });
});

test.each([
  ['malformed: the answer alone counts', 'B. <think>a</think><answer>B</answer>', 'B', { reward: 1, format: 0 }],
  ['without a truth: numbers all the same', good, ' ', { reward: 0, accuracy: 0, correct: false, format: 0.5 }],
  ['wrong', '<think>a</think><answer>A</answer>', 'B', { reward: 0.5, accuracy: 0, correct: false }],
])('%s', (_name, response, truth, verdict) => {
  expect(verdictOf(response, truth)).toMatchObject(verdict);
});

test('the answer for a batch lists what is logged, in the order of its items', () => {
  const contradicted = good.replace('<answer>B', '<answer>A');
  const looping = `<think>${'round we go '.repeat(40)}</think><answer>A</answer>`;
  const verdicts = [verdictOf(good), verdictOf(contradicted, 'B', 21), verdictOf(looping, 'B', 120)];
  const failures = [{ index: 1, reason: 'It failed' }];
  expect(rewardAnswer(verdicts, failures)).toEqual({
    rewards: [1.5, 0.5, 0.5],
    scores: [1, 0, 0],
    extra_logs: {
      accuracy: [1, 0, 0],
      format: [0.5, 0.5, 0.5],
      consistent: [1, 0, 0],
      inconsistent: [0, 1, 0],
      repetition: [0, 0, expect.closeTo(0.96, 1)],
      think_tokens: [20, 21, 120],
    },
    verdicts,
    failures,
  });
  expect(rewardAnswer(verdicts).failures).toEqual([]);
});

test('items are scored one by one', () => {
  const sample = { response: good, finishReason: 'stop', thinkTokens: 20 } as const;
  const found = scoreItems(
    [
      { question: dog, sample },
      { question: { ...dog, truth: 'A' }, sample },
    ],
    {
      ...defaultVerifierSettings,
      formatReward: 0.25,
    },
  );
  expect(found.next().value).toMatchObject({ reward: 1.25, format: 0.25 });
  expect([...found].map(({ reward }) => reward)).toEqual([0.25]);
});

test('a scorer counts with the tokenizer it is given', () => {
  const counting = createScorer(defaultVerifierSettings, (text) => text.length);
  const { measures } = counting({ question: dog, sample: { response: good, finishReason: 'stop', thinkTokens: null } });
  expect([measures.thinkTokens, measures.tokenSource]).toEqual([29, 'tokenizer']);
});

test('what stands for a failed verdict means nothing', () => {
  expect(failedVerdict('It failed')).toEqual({
    reward: 0,
    accuracy: 0,
    format: 0,
    correct: false,
    well_formed: false,
    consistency: 'undetermined',
    concluded: null,
    repetition: 0,
    repetitive: false,
    length: 'in_range',
    think_tokens: 0,
    answer: null,
    reasons: { accuracy: 'It failed' },
  });
});

test('an item that failed has a reward of nothing, and is named', () => {
  const answer = rewardAnswer([failedVerdict('It failed')], [{ index: 0, reason: 'It failed' }]);
  expect(answer).toMatchObject({ rewards: [0], failures: [{ index: 0 }], extra_logs: { inconsistent: [0] } });
});

test.each([
  [
    'end tokens are no part of a response',
    'Q<think>r</think><answer>B</answer><|im_end|>',
    'Q',
    '<think>r</think><answer>B</answer>',
  ],
  ['a prompt that lost its template is found by its end', 'user Q: 2?\nB', '<|im_start|>user Q: 2?\n', 'user Q: 2?\nB'],
  ['a prompt that is not there leaves all', 'B', 'Which one?', 'B'],
] as const)('OpenRLHF: %s', (_name, query, prompt, response) => {
  const [item] = itemsOf({ query: [query], prompts: [prompt], labels: ['B'] });
  expect(item?.sample.response).toBe(response);
});
