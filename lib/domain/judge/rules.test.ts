import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_ATTEMPTS, nextWait, parseRetryAfter } from './backoff';
import { admit, costOf, leftOf, spendOf, worstCase } from './budget';
import { endsJudging, type FailureKind, failureKinds, failureNames, failureOfStatus, isRetryable } from './failure';
import { disagreementOf, sumAgreement } from './figures';
import { judgeRegistrationSchema } from './judge';
import { judgeMessages } from './prompt';

test('a price is tokens times dollars per million', () => {
  const prices = { usdPerMillionInput: 2, usdPerMillionOutput: 10 };
  expect(costOf({ inputTokens: 500_000, outputTokens: 100_000 }, prices)).toBeCloseTo(2, 12);
  expect(spendOf({ inputTokens: 3, outputTokens: 4 }, prices)).toEqual({ tokens: 7, usd: 0.000046 });
});

test('the worst case is more than any tokenizer makes of the bytes', () => {
  const messages = judgeMessages({ kind: 'text', prompt: '字', options: [], thinking: '😀'.repeat(100) });
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  const worst = worstCase(messages, 64, '{}');
  expect(worst.inputTokens).toBeGreaterThan(bytes);
  expect(worst.outputTokens).toBe(64);
});

test.each([
  ['no limit', { tokens: 10, usd: 1 }, { tokens: null, usd: null }, 0, 'send'],
  ['exactly what is left', { tokens: 90, usd: 0 }, { tokens: 100, usd: null }, 0, 'send'],
  ['one token more than is left', { tokens: 91, usd: 0 }, { tokens: 100, usd: null }, 0, 'stop'],
  ['others may give back', { tokens: 91, usd: 0 }, { tokens: 100, usd: null }, 1, 'wait'],
  ['money is spent, tokens are not', { tokens: 0, usd: 1 }, { tokens: 100, usd: 1.05 }, 0, 'stop'],
  ['a budget of nothing', { tokens: 0, usd: 0 }, { tokens: 0, usd: null }, 0, 'stop'],
] as const)('a request is admitted: %s', (_name, spent, budget, underWay, says) => {
  expect(admit(spent, { tokens: 10, usd: 0.1 }, budget, underWay)).toBe(says);
});

test('what is left is never below nothing', () => {
  expect(leftOf({ tokens: 5, usd: 5 }, { tokens: 3, usd: null })).toEqual({ tokens: 0, usd: null });
});

test.each([
  [400, 'refused', false],
  [401, 'key', false],
  [402, 'key', false],
  [403, 'key', false],
  [404, 'absent', false],
  [408, 'timeout', true],
  [409, 'busy', true],
  [413, 'refused', false],
  [422, 'refused', false],
  [429, 'busy', true],
  [500, 'server', true],
  [503, 'server', true],
  [529, 'server', true],
  [302, 'strange', false],
] as const)('HTTP %i is %s', (status, kind, retried) => {
  expect(failureOfStatus(status)).toBe(kind);
  expect(isRetryable(kind)).toBe(retried);
});

test('every failure has a name, and what lasts is never sent again', () => {
  for (const kind of failureKinds) {
    expect(failureNames[kind]).not.toBe('');
    expect(endsJudging(kind) && isRetryable(kind)).toBe(false);
  }
});

test('waits double, with full jitter, and end', () => {
  const wait = (attempts: number, random: number, kind: FailureKind = 'server') =>
    nextWait({ kind, attempts, retryAfterMs: null }, random);
  expect([1, 2, 3, 4].map((attempts) => wait(attempts, 0.5))).toEqual([250, 500, 1000, 2000]);
  expect(wait(MAX_ATTEMPTS, 0.5)).toBeNull();
  expect(wait(1, 0.5, 'timeout')).toBe(250);
  expect(wait(2, 0.5, 'timeout')).toBeNull();
  expect(wait(1, 0.5, 'key')).toBeNull();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (at, random) => {
        const ms = wait(at, random) ?? -1;
        return ms >= 0 && ms <= 500 * 2 ** (at - 1);
      },
    ),
  );
});

test('no sooner than the server asked for, and not for a minute', () => {
  expect(nextWait({ kind: 'busy', attempts: 1, retryAfterMs: 3_000 }, 0.5)).toBe(3_250);
  expect(nextWait({ kind: 'busy', attempts: 1, retryAfterMs: 61_000 }, 0.5)).toBeNull();
});

const now = new Date('2026-01-05T10:00:00Z');
test.each([
  ['2', 2_000],
  ['0.5', 500],
  ['Mon, 05 Jan 2026 10:00:07 GMT', 7_000],
  ['Mon, 05 Jan 2026 09:00:00 GMT', 0],
  ['soon', null],
  ['-1', null],
  ['9'.repeat(400), null],
  ['', null],
  [null, null],
])('Retry-After %s', (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(ms);
});

test('disagreement counts what both decided', () => {
  const table = { bothConsistent: 6, bothInconsistent: 1, verdictOnly: 2, judgeOnly: 1 };
  expect(disagreementOf(table)).toMatchObject({ count: 3, total: 10, share: 0.3 });
  expect(disagreementOf(sumAgreement([]))).toMatchObject({ total: 0, share: null });
  expect(sumAgreement([table, table])).toMatchObject({ bothConsistent: 12, judgeOnly: 2 });
});

const form = {
  name: 'qwen',
  model: 'Qwen/Qwen3-8B',
  heldOut: false,
  temperature: 0,
  maxTokens: 512,
  key: null,
  url: 'http://gpu:8000',
  concurrency: 8,
  timeoutSeconds: 60,
  usdPerMillionInput: 0,
  usdPerMillionOutput: 0,
  tokenBudget: null,
  usdBudget: null,
};
test.each([
  ['http://gpu:8000', 'http://gpu:8000/v1'],
  ['http://gpu:8000/', 'http://gpu:8000/v1'],
  ['https://api.example.org/openai/v1/', 'https://api.example.org/openai/v1'],
  ['http://gpu:8000/v1/chat/completions', 'http://gpu:8000/v1'],
])('an address is taken as people write it: %s', (url, taken) => {
  expect(judgeRegistrationSchema.parse({ ...form, url }).url).toBe(taken);
});

test.each([
  ['another protocol', { url: 'file:///etc/passwd' }],
  ['a password', { url: 'http://me:secret@gpu:1' }],
  ['a query', { url: 'http://gpu:1/?key=x' }],
  ['a key with a line break', { key: 'a\nb' }],
  ['no name', { name: ' ' }],
  ['a NUL in the model', { model: 'q\0' }],
  ['no concurrency', { concurrency: 0 }],
  ['half a token', { maxTokens: 100.5 }],
  ['a budget below nothing', { usdBudget: -1 }],
  ['a number that is none', { temperature: Number.NaN }],
])('a registration with %s is refused', (_name, change) => {
  expect(judgeRegistrationSchema.safeParse({ ...form, ...change }).success).toBe(false);
});
