/** The service over real sockets, as a trainer meets it. */
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { rewardAnswerSchema } from '@/lib/domain/verifier/reward-api';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { verifyAnswerSchema } from '@/lib/domain/verifier/verify-api';
import { type Door, openDoor } from '@/lib/http/node-door';
import { log } from '@/lib/log';
import { createVerifierService, type ServiceOptions, type VerifierService } from './service';

const TOKEN = 'a-token-of-many-letters';
const doors: Door[] = [];
log.level = 'silent';

const start = async (changes: Partial<ServiceOptions> = {}): Promise<{ url: string; service: VerifierService }> => {
  const service = createVerifierService({
    file: { version: null, settings: defaultVerifierSettings },
    token: null,
    loopbackOnly: true,
    maxInFlight: 8,
    maxBytes: 256 * 1024 * 1024,
    ...changes,
  });
  const door = await openDoor(service.handle, { host: '127.0.0.1', port: 0 });
  doors.push(door);
  return { url: door.url, service };
};

afterEach(async () => {
  vi.restoreAllMocks();
  for (const door of doors.splice(0)) await door.close(0);
});

const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/v1/rewards`, {
    method: 'POST',
    headers,
    body:
      typeof body === 'string' || body instanceof Uint8Array ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body),
  });
const wanted = batch.rows.map(({ reward }) => reward);
const rewardsOf = async (response: Response): Promise<readonly number[]> => {
  expect(response.status).toBe(200);
  return rewardAnswerSchema.parse(await response.json()).rewards;
};
const messageOf = async (response: Response): Promise<unknown> => (await response.json()).error.message;

describe('what it answers', () => {
  test('rewards', async () => {
    const { url } = await start();
    expect(await rewardsOf(await post(url, { items: batch.rows }))).toEqual(wanted);
  });

  test('rewards for a packed body', async () => {
    const { url } = await start();
    const packed = gzipSync(JSON.stringify({ items: batch.rows }));
    expect(await rewardsOf(await post(url, packed, { 'content-encoding': 'gzip' }))).toEqual(wanted);
  });

  test('OpenRLHF', async () => {
    const { url } = await start();
    const query = batch.rows.map(({ question, response }) => `${question.prompt}${response}<|im_end|>`);
    const prompts = batch.rows.map(({ question }) => question.prompt);
    const labels = batch.rows.map(({ question }) => JSON.stringify(question));
    expect(await rewardsOf(await post(url, { query, prompts, labels }))).toEqual(wanted);
  });

  test('whole verdicts', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/api/v1/verify`, {
      method: 'POST',
      body: JSON.stringify({ items: batch.rows }),
    });
    const { verdicts } = verifyAnswerSchema.parse(await response.json());
    expect(verdicts.map((verdict) => verdict?.consistency)).toEqual(batch.rows.map(({ consistency }) => consistency));
    expect(verdicts[1]?.evidence).toContainEqual(expect.objectContaining({ role: 'contradiction' }));
  });

  test('its health, with what it scores by', async () => {
    const settings = { ...defaultVerifierSettings, judgeId: '00000000-0000-4000-8000-000000000000' };
    const [plain, judged] = [await start(), await start({ file: { version: 3, settings } })];
    const healthOf = async (url: string) => (await fetch(`${url}/health`)).json();
    const [one, other] = [await healthOf(plain.url), await healthOf(judged.url)];
    expect(one).toMatchObject({ ok: true, verifier_version: null, in_flight: 0, lacks: [] });
    expect(other).toMatchObject({ verifier_version: 3, lacks: [expect.stringContaining('judge')] });
    expect(one.settings_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(other.settings_sha256).not.toBe(one.settings_sha256);
  });

  test('its own description', async () => {
    const { url } = await start();
    const { paths } = await (await fetch(`${url}/api/v1/openapi`)).json();
    expect(Object.keys(paths)).toEqual(['/health', '/api/v1/rewards', '/api/v1/verify']);
  });

  test('the version it was started with, and no other', async () => {
    const { url } = await start({ file: { version: 3, settings: defaultVerifierSettings } });
    const ask = (query: string) =>
      fetch(`${url}/api/v1/rewards${query}`, { method: 'POST', body: JSON.stringify({ items: batch.rows }) });
    expect((await ask('?version=3')).status).toBe(200);
    const other = await ask('?version=4');
    expect([other.status, await messageOf(other)]).toEqual([
      404,
      expect.stringContaining('verifier version 3, not version 4'),
    ]);
  });
});

describe('what it refuses', () => {
  test.each([
    ['no JSON', '{', {}, 400, 'JSON'],
    ['text that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'UTF-8'],
    ['no batch', '{}', {}, 400, 'items'],
    ['no body', '', {}, 400, 'JSON'],
    ['more items than there may be', { items: Array.from({ length: 4_097 }, () => batch.rows[0]) }, {}, 400, '4096'],
    ['a body of 65 MB', 'x'.repeat(65 * 1024 * 1024), {}, 413, 'at most'],
    ['a gzip bomb', gzipSync(Buffer.alloc(200 * 1024 * 1024)), { 'content-encoding': 'gzip' }, 413, 'at most'],
    ['broken gzip', 'hello', { 'content-encoding': 'gzip' }, 400, 'encoding'],
    ['another packing', 'hello', { 'content-encoding': 'br' }, 415, 'gzip'],
    ['a browser', { items: batch.rows }, { origin: 'http://127.0.0.1:3000' }, 403, 'browser'],
    ['a page', { items: batch.rows }, { 'sec-fetch-site': 'cross-site' }, 403, 'browser'],
  ])('%s', async (_name, body, headers, status, words) => {
    const { url } = await start();
    const response = await post(url, body, { ...headers });
    expect(response.status).toBe(status);
    expect(await messageOf(response)).toContain(words);
    expect(await rewardsOf(await post(url, { items: batch.rows }))).toEqual(wanted); // it goes on for others
  });

  test.each(['evil.example', '10.0.0.1:80', ''])('the name %j on loopback', async (host) => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const heard = await new Promise<string>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () =>
        socket.write(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      );
      socket.once('data', (data) => resolve(data.toString()));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['a part of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['a wrong password', { authorization: `Basic ${Buffer.from('token:wrong').toString('base64')}` }],
  ])('a token that is %s', async (_name, headers) => {
    const { url } = await start({ token: TOKEN });
    expect((await post(url, { items: batch.rows }, headers)).status).toBe(401);
  });

  test.each([
    ['a bearer', { authorization: `Bearer ${TOKEN}` }],
    ['a password', { authorization: `Basic ${Buffer.from(`any:${TOKEN}`).toString('base64')}` }],
  ])('nobody who carries the token as %s', async (_name, headers) => {
    const { url } = await start({ token: TOKEN, loopbackOnly: false });
    expect(await rewardsOf(await post(url, { items: batch.rows }, headers))).toEqual(wanted);
  });

  test.each(['GET /api/v1/rewards', 'POST /health', 'GET /', 'GET /toString'])('%s', async (name) => {
    const { url } = await start();
    const [method = '', path = ''] = name.split(' ');
    const response = await fetch(`${url}${path}`, { method });
    expect([response.status, await messageOf(response)]).toEqual([404, expect.stringContaining('POST /api/v1/verify')]);
  });
});

/** A sender that begins a body and then says nothing: it holds a place. */
const stall = (url: string): { readonly end: () => void } => {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1', () =>
    socket.write('POST /api/v1/rewards HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"items"'),
  );
  socket.on('error', () => undefined);
  return { end: () => socket.destroy() };
};
const inFlight = async (url: string): Promise<number> => (await (await fetch(`${url}/health`)).json()).in_flight;

describe('under load', () => {
  test('senders that say nothing hold their places no longer than allowed; others are asked to come again', async () => {
    const { url } = await start({ maxInFlight: 2, idleMs: 600 });
    const stalled = [stall(url), stall(url)];
    await expect.poll(() => inFlight(url)).toBe(2);
    const busy = await post(url, { items: batch.rows });
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
    await expect.poll(() => inFlight(url), { timeout: 3_000 }).toBe(0);
    expect(await rewardsOf(await post(url, { items: batch.rows }))).toEqual(wanted);
    for (const { end } of stalled) end();
  });

  test('a sender that goes away gives its place free at once', async () => {
    const { url } = await start();
    const stalled = stall(url);
    await expect.poll(() => inFlight(url)).toBe(1);
    stalled.end();
    await expect.poll(() => inFlight(url)).toBe(0);
  });

  test('bodies that would fill the memory together are refused', async () => {
    const { url } = await start({ maxBytes: 1_000 });
    expect((await post(url, 'x'.repeat(2_000))).status).toBe(503);
    expect((await post(url, 'x'.repeat(500))).status).toBe(400);
  });

  test('it answers while it scores thousands, and many at once get what is theirs', async () => {
    const { url } = await start();
    const long = 'We look at frame after frame of the film and see nothing new. '.repeat(200);
    const items = Array.from({ length: 1_500 }, (_, at) => ({
      ...batch.rows[at % batch.rows.length],
      response: `${batch.rows[at % batch.rows.length]?.response}`.replace('<think>', `<think>${long}`),
    }));
    const large = post(url, { items });
    await expect.poll(() => inFlight(url), { interval: 5 }).toBe(1);
    const began = performance.now();
    const small = await Promise.all([1, 2, 3].map(() => post(url, { items: batch.rows }).then(rewardsOf)));
    const waited = performance.now() - began;
    expect(small).toEqual([wanted, wanted, wanted]);
    expect(await Promise.race([large.then(() => 'large'), sleep(0, 'small')])).toBe('small');
    expect(await rewardsOf(await large)).toHaveLength(1_500);
    expect(waited).toBeLessThan(1_500);
  }, 30_000);

  test('one line in the log for a request, without a word of it', async () => {
    const lines = vi.spyOn(log, 'info').mockReturnValue();
    const { url } = await start({ token: TOKEN });
    await post(url, { items: batch.rows }, { authorization: `Bearer ${TOKEN}` });
    await fetch(`${url}/secret-path`);
    expect(lines.mock.calls.map(([line]) => line)).toEqual([
      { route: 'POST /api/v1/rewards', status: 200, items: 7, bytes: expect.any(Number), ms: expect.any(Number) },
      { route: 'other', status: 404, items: 0, bytes: 0, ms: expect.any(Number) },
    ]);
  });
});

test('once shut it takes nothing in and says so', async () => {
  const { url, service } = await start();
  service.shut();
  expect((await fetch(`${url}/health`)).status).toBe(503);
  expect((await post(url, { items: batch.rows })).status).toBe(503);
});
