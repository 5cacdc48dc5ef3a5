import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentHash, type JudgedText, judgeMessages } from '@/lib/domain/judge/prompt';
import { type Asked, askJudge } from './ask';
import type { Admission, CallEnd, Ledger } from './ledger';
import { noLedger } from './ledger';
import { startTestJudge, type TestJudge } from './testing/server';

const text: JudgedText = {
  kind: 'choice',
  prompt: 'Which way?',
  options: ['left', 'right'],
  thinking: 'It moved over. So the answer is B.',
};
const never = new AbortController().signal;
const noJitter = () => 0;

let judge: TestJudge;
beforeEach(async () => {
  judge = await startTestJudge();
});
afterEach(() => judge.close());

const booked: CallEnd[] = [];
const booking: Ledger = { ...noLedger, close: async (_id, end) => void booked.push(end) };
beforeEach(() => {
  booked.length = 0;
});

const asked = (over: Partial<Asked['address']> = {}, ledger: Ledger = booking): Asked => ({
  address: { url: judge.url, key: null, timeoutMs: 5_000, ...over },
  model: { model: 'test-judge', temperature: 0, maxTokens: 256 },
  ledger,
});
const ask = (over: Partial<Asked['address']> = {}, ledger?: Ledger) =>
  askJudge(asked(over, ledger), text, never, noJitter);

test('a conclusion comes with its quote, held to the form by the server', async () => {
  expect(await ask()).toMatchObject({
    state: 'answered',
    answer: { state: 'concluded', concluded: 'B', quote: 'So the answer is B.' },
    content: contentHash(judgeMessages(text)),
    cached: false,
    structured: true,
  });
  expect(JSON.parse(judge.sent[0] ?? '')).toMatchObject({
    model: 'test-judge',
    temperature: 0,
    max_tokens: 256,
    response_format: { type: 'json_schema', json_schema: { strict: true } },
  });
  expect(booked).toMatchObject([{ state: 'answered', usage: { outputTokens: expect.any(Number) } }]);
});

test('the key goes into the header and into no sentence', async () => {
  const key = 'sk-0123456789abcdef';
  judge.faults.fail = { times: 1, status: 401 };
  const said = await ask({ key });
  expect(judge.keys).toEqual([`Bearer ${key}`]);
  expect(said).toMatchObject({
    state: 'failed',
    failure: { kind: 'key', message: expect.stringMatching(/refuses the key/) },
  });
  expect(JSON.stringify(said) + JSON.stringify(booked)).not.toContain(key);
  expect(booked).toMatchObject([{ sentence: expect.stringContaining('•••') }]);
});

test('failures in passing are sent again, each one booked', async () => {
  judge.faults.fail = { times: 2, status: 503 };
  expect(await ask()).toMatchObject({ state: 'answered', cached: false });
  expect(booked.map(({ state }) => state)).toEqual(['failed', 'failed', 'answered']);
});

test('a server that stays down is given up after five', async () => {
  judge.faults.fail = { times: 99, status: 500 };
  expect(await ask()).toMatchObject({ state: 'failed', failure: { kind: 'server' }, usage: { inputTokens: 0 } });
  expect(judge.sent).toHaveLength(5);
});

test('it comes back no sooner than it was told to', async () => {
  judge.faults.fail = { times: 1, status: 429, retryAfter: '0.4' };
  const began = performance.now();
  expect(await ask()).toMatchObject({ state: 'answered' });
  expect(performance.now() - began).toBeGreaterThanOrEqual(400);
});

test('a server that knows no structured output is asked once without, and then always so', async () => {
  judge.faults.unstructured = true;
  expect(await ask()).toMatchObject({ state: 'answered', structured: false });
  expect(await ask()).toMatchObject({ state: 'answered', structured: false });
  expect(judge.sent.map((body) => body.includes('response_format'))).toEqual([true, false, false]);
});

test('a server that takes the newer limit gets it', async () => {
  judge.faults.newerLimit = true;
  expect(await ask()).toMatchObject({ state: 'answered', structured: true });
  expect(JSON.parse(judge.sent[1] ?? '')).toMatchObject({ max_completion_tokens: 256 });
});

test('what is not in the form is malformed, with its text, and paid for', async () => {
  judge.faults.malformed = 'I would say B.';
  expect(await ask()).toMatchObject({ answer: { state: 'malformed', raw: 'I would say B.' } });
  expect(booked).toMatchObject([{ state: 'answered', usage: { inputTokens: expect.any(Number) } }]);
});

test.each([
  ['a web page', '<html>'],
  ['JSON of another kind', '{"data":[]}'],
  ['no choice', '{"choices":[]}'],
  ['more than an answer', JSON.stringify({ choices: [{ message: { content: 'x'.repeat(2_000_000) } }] })],
])('%s is not understood', async (_name, body) => {
  judge.faults.body = body;
  expect(await ask()).toMatchObject({ state: 'failed', failure: { kind: 'strange' } });
  expect(judge.sent).toHaveLength(1);
});

test('an answer of null, in parts, or refused is read', async () => {
  const answered = (message: object) =>
    JSON.stringify({ choices: [{ message }], usage: { prompt_tokens: 1e12, completion_tokens: -1 } });
  judge.faults.body = answered({ content: null, reasoning_content: 'hm' });
  expect(await ask()).toMatchObject({ answer: { state: 'malformed', raw: '' }, usage: { outputTokens: 256 } });
  judge.faults.body = answered({
    content: [
      { type: 'text', text: '{"conclusion":"A",' },
      { type: 'text', text: '"quote":"x"}' },
    ],
  });
  expect(await ask()).toMatchObject({ answer: { concluded: 'A' } });
  judge.faults.body = answered({ content: null, refusal: 'I cannot.' });
  expect(await ask()).toMatchObject({ answer: { state: 'malformed', raw: 'I cannot.' } });
});

test('a redirect is not followed', async () => {
  judge.faults.fail = { times: 1, status: 307 };
  expect(await ask()).toMatchObject({
    state: 'failed',
    failure: { kind: 'strange', message: expect.stringMatching(/redirects/) },
  });
  expect(judge.sent).toHaveLength(1);
});

test('a server that hangs is asked twice, and counts as if it had answered', async () => {
  judge.faults.hang = true;
  const said = await ask({ timeoutMs: 60 });
  expect(said).toMatchObject({ state: 'failed', failure: { kind: 'timeout' }, usage: { outputTokens: 512 } });
  expect(judge.sent).toHaveLength(2);
});

test('nobody there', async () => {
  const { url } = judge;
  await judge.close();
  const said = await ask({ url });
  expect(said).toMatchObject({
    state: 'failed',
    failure: { kind: 'network', message: expect.stringMatching(/cannot be reached: ECONNREFUSED/) },
  });
  judge = await startTestJudge();
});

test('who stops while a request waits for its turn sends nothing more', async () => {
  judge.faults.fail = { times: 99, status: 429, retryAfter: '30' };
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const began = performance.now();
  expect(await askJudge(asked(), text, stop.signal, noJitter)).toMatchObject({ state: 'stopped' });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(judge.sent).toHaveLength(1);
});

test('a request under way is let in although somebody stopped', async () => {
  judge.faults.delayMs = 300;
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  expect(await askJudge(asked(), text, stop.signal, noJitter)).toMatchObject({ state: 'answered' });
});

test.each([
  [
    'known',
    { state: 'known', answer: { state: 'open', concluded: null, quote: null, raw: '' } },
    { state: 'answered', cached: true },
  ],
  ['spent', { state: 'spent' }, { state: 'spent' }],
] as const)('where the ledger says %s, nothing is sent', async (_name, admission, outcome) => {
  const ledger: Ledger = { ...booking, open: async (): Promise<Admission> => admission };
  expect(await ask({}, ledger)).toMatchObject(outcome);
  expect(judge.sent).toEqual([]);
});
