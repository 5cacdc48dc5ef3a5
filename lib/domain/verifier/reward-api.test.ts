import { expect, test } from 'vitest';
import { z } from 'zod';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { failedVerdict, rewardAnswer, verdictAnswer } from './reward-api';
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
