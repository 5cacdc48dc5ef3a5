import { afterEach, expect, test, vi } from 'vitest';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { createScorer } from '@/lib/domain/verifier/score-item';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { log } from '@/lib/log';
import { batchItems, scoreBatch, scoreRewards, scoreVerdicts } from './score-batch';

const scoring = { settings: defaultVerifierSettings };
const items = batchItems({ items: batch.rows });

afterEach(() => vi.restoreAllMocks());

test('an item that the verifier fails on stops nobody, and is logged without its text', async () => {
  const logged = vi.spyOn(log, 'error').mockReturnValue();
  const good = createScorer(defaultVerifierSettings);
  const { scored, failures } = await scoreBatch(items, (item) => {
    if (item === items[1]) throw new RangeError('a fault of ours');
    return good(item);
  });
  expect(scored.map((one) => one?.standing.reward ?? null)).toEqual([
    1.5,
    null,
    ...(await scoreRewards(items.slice(2), scoring)).rewards,
  ]);
  expect(failures).toEqual([{ index: 1, reason: expect.stringContaining('failed') }]);
  expect(logged).toHaveBeenCalledExactlyOnceWith({ err: expect.any(RangeError), index: 1 }, expect.any(String));
});

test('a batch whose sender is gone is not scored to its end', async () => {
  const score = vi.fn(createScorer(defaultVerifierSettings));
  await expect(scoreBatch(items, score, AbortSignal.abort())).rejects.toMatchObject({ code: 'invalid' });
  expect(score).toHaveBeenCalledTimes(1);
});

test('verdicts and rewards of a batch agree', async () => {
  const [{ rewards }, { verdicts }] = await Promise.all([scoreRewards(items, scoring), scoreVerdicts(items, scoring)]);
  expect(verdicts.map((verdict) => verdict?.reward)).toEqual(rewards);
});

test('a tokenizer counts what the request does not', async () => {
  const countTokens = () => 77;
  const asked = batchItems({ items: [batch.rows[0], { ...batch.rows[0], think_tokens: 5 }] });
  const { verdicts } = await scoreVerdicts(asked, { ...scoring, countTokens });
  expect(verdicts.map((verdict) => [verdict?.think_tokens, verdict?.token_source])).toEqual([
    [77, 'tokenizer'],
    [5, 'trainer'],
  ]);
});

test.each([
  ['nothing', undefined, 'object'],
  ['something else', { item: [] }, 'items'],
  ['no items', { items: [] }, 'items'],
  ['a kind that there is not', { items: [{ question: { kind: 'poem', truth: 'x' }, response: '' }] }, 'kind'],
  ['too many', { items: Array.from({ length: 4_097 }, () => batch.rows[0]) }, '4096'],
  ['OpenRLHF lists of different lengths', { query: ['a'], prompts: [], labels: ['B'] }, 'same length'],
  [
    'an OpenRLHF label that is a broken question',
    { query: ['a'], prompts: ['a'], labels: ['{"kind": "poem"}'] },
    'kind',
  ],
  ['finish reasons of another length', { query: ['a'], prompts: ['a'], labels: ['B'], finish_reasons: [] }, 'length'],
  ['an OpenRLHF label without a truth', { query: ['a'], prompts: ['a'], labels: [''] }, 'labels[0]'],
] as const)('%s is refused, and it says where', (_name, raw, word) => {
  expect(() => batchItems(raw)).toThrow(
    expect.objectContaining({ code: 'invalid', message: expect.stringContaining(word) }),
  );
});

test('how sampling ended decides whether an answer that never closed counts', async () => {
  const query = ['stop', 'length'].map(() => '<think>It is B.</think><answer>B');
  const labels = query.map(() => JSON.stringify(batch.rows[0]?.question));
  const asked = { query, prompts: ['', ''], labels, finish_reasons: ['stop', 'length'] };
  expect((await scoreRewards(batchItems(asked), scoring)).scores).toEqual([1, 0]);
});

test('a thousand faults are not a thousand lines', () => {
  const raw = { items: Array.from({ length: 1_000 }, () => ({})) };
  expect(() => batchItems(raw)).toThrow(
    expect.objectContaining({ message: expect.toSatisfy((text: string) => text.length < 2_100) }),
  );
});
