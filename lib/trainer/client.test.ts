import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import type { JobRequest } from '@/lib/domain/trainer/job';
import { testTrainerInfo } from '@/lib/domain/trainer/testing';
import { cancelJob, createJob, getInfo, getJob, putFile } from './client';
import { readEvents } from './read-events';
import { callTrainer, type TrainerAddress } from './request';
import { hasTrainer, startTrainer, type TestTrainer } from './testing';

const collect = async (events: AsyncIterable<TrainerEvent>): Promise<readonly TrainerEvent[]> => {
  const all: TrainerEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

const question = { id: 'q1', turn: 'Which?', prompt: 'Which?', kind: 'choice', options: ['a', 'b'], truth: 'A' };
const data = `${JSON.stringify(question)}\n`;
const sha256 = createHash('sha256').update(data).digest('hex');

/** A job of the `small` engine; its title says what it does, e.g. `steps=3`. */
const job = (title: string): JobRequest => ({
  id: randomUUID(),
  kind: 'rollout',
  engine: 'small',
  model: { source: 'built', name: 'moving-shapes' },
  data: { questions: sha256 },
  title,
});

describe.skipIf(!hasTrainer())(
  'a real trainer (skipped where Python has not installed it: npm run trainer-test)',
  {
    timeout: 60_000,
  },
  () => {
    let folder: string;
    let trainer: TestTrainer;
    let address: TrainerAddress;
    const file = () => path.join(folder, 'questions.ndjson');

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'veripo-trainer-'));
      await writeFile(file(), data);
      trainer = await startTrainer(path.join(folder, 'data'));
      address = trainer.address;
    }, 90_000);
    afterAll(async () => {
      await trainer?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('says what it has', async () => {
      const info = await getInfo(address);
      expect(info.protocol).toBe(1);
      expect(info.engines).toContainEqual({ name: 'small', available: true, reason: null });
    });

    test('names the files it misses, takes them once, and runs the job to its end', async () => {
      const request = job('steps=3');
      expect(await createJob(address, request)).toEqual({ missing: [sha256] });
      await putFile(address, sha256, file());
      await putFile(address, sha256, file());
      expect(await createJob(address, request)).toMatchObject({ job: { job: { id: request.id, title: 'steps=3' } } });
      expect(await createJob(address, request)).toMatchObject({ job: { job: { id: request.id } } });

      const events = await collect(readEvents(address, request.id, { after: 0, follow: true }));
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.filter(({ type }) => type === 'rollout')).toHaveLength(6);
      expect(events.at(-1)).toMatchObject({ type: 'state', state: 'succeeded' });
      expect(await collect(readEvents(address, request.id, { after: events.length - 2 }))).toEqual(events.slice(-2));
      expect(await getJob(address, request.id)).toMatchObject({ state: 'succeeded', lastSeq: events.length });
      const ahead = collect(readEvents(address, request.id, { after: events.length + 1 }));
      await expect(ahead).rejects.toMatchObject({ name: 'AppError', code: 'conflict' });
    });

    test('ends a job that is cancelled', async () => {
      await putFile(address, sha256, file());
      const request = job('steps=100000');
      await createJob(address, request);
      await cancelJob(address, request.id);
      await vi.waitUntil(async () => (await getJob(address, request.id)).state === 'cancelled', { timeout: 30_000 });
    });

    test('a follower that is told to stop ends with its own reason', async () => {
      await putFile(address, sha256, file());
      const request = job('steps=100000');
      await createJob(address, request);
      const leaving = new AbortController();
      const reading = collect(readEvents(address, request.id, { after: 0, follow: true, signal: leaving.signal }));
      const reason = new Error('the worker stops');
      setTimeout(() => leaving.abort(reason), 300);
      await expect(reading).rejects.toBe(reason);
      await cancelJob(address, request.id);
    });

    test.each([
      ['another token', () => getInfo({ ...address, token: 'another' }), 'forbidden', /refuses the token/],
      ['no such job', () => getJob(address, randomUUID()), 'not_found', /job/],
      ['another content', () => putFile(address, '0'.repeat(64), file()), 'invalid', /SHA-256/],
      ['no such engine', () => createJob(address, { ...job(''), engine: 'none' }), 'invalid', /no engine none/],
      ['events of no such job', () => collect(readEvents(address, randomUUID(), { after: 0 })), 'not_found', /job/],
    ] as const)('refuses in words: %s', async (_name, call, code, message) => {
      await expect(call()).rejects.toMatchObject({ name: 'AppError', code, message: expect.stringMatching(message) });
    });
  },
);

/** Something that answers at an address, but is no trainer of ours. */
const withServer = async (listener: RequestListener, work: (address: TrainerAddress) => Promise<void>) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    await work({ url: `http://127.0.0.1:${port}/below`, token: 'token' });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};

test.each([
  ['a web page', 200, '<html>', 'unavailable', /is not a trainer/],
  ['JSON of another kind', 200, '{"protocol":1}', 'unavailable', /is not a trainer/],
  ['a newer protocol', 200, '{"protocol":2}', 'unsupported', /speaks protocol 2, this studio protocol 1/],
  ['an error page', 502, 'Bad gateway', 'unavailable', /is not a trainer/],
] as const)('%s', async (_name, status, text, code, message) => {
  await withServer(
    (request, response) => response.writeHead(request.url === '/below/v1/info' ? status : 500).end(text),
    async (address) => {
      await expect(getInfo(address)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    },
  );
});

const info = { ...testTrainerInfo, packages: { torch: '2.13.0' } };

test.each([
  ['as trainers do', {}, true],
  ['with NUL in its platform', { platform: 'Li\0nux' }, false],
  ['with half a character in a device', { devices: [{ ...info.devices[0], model: '\ud800' }] }, false],
  ['with NUL in the name of a package', { packages: { 'a\0': '1' } }, false],
  ['at length', { version: 'x'.repeat(100_000) }, false],
  ['without an end', { version: 'x'.repeat(5_000_000) }, false],
  [
    'with more packages than any machine',
    { packages: Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [at, ''])) },
    false,
  ],
  ['with more devices than any machine', { devices: Array(2_000).fill(info.devices[0]) }, false],
  ['in the year 0', { startedAt: '0000-01-01T00:00:00Z' }, false],
])('what it says of itself %s', async (_name, change, taken) => {
  await withServer(
    (_request, response) => response.end(JSON.stringify({ ...info, ...change })),
    async (address) => {
      if (taken) expect(await getInfo(address)).toEqual(info);
      else await expect(getInfo(address)).rejects.toMatchObject({ code: 'unavailable' });
    },
  );
});

test('a refusal is a sentence of a length for one, on one line, whatever it holds', async () => {
  const message = `No\0 \u001b[31m\nroom \ud800${'!'.repeat(100_000)}`;
  await withServer(
    (_request, response) => response.writeHead(507).end(JSON.stringify({ code: 'no_space', message })),
    async (address) => {
      const said: unknown = await getJob(address, randomUUID()).catch((error: unknown) => error);
      expect(said).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^No +\[31m room \ufffd!+$/) });
      expect(String(said).length).toBeLessThan(2_100);
    },
  );
});

test('a redirect is not followed: the token is for one address', async () => {
  const seen: (string | undefined)[] = [];
  await withServer(
    (request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    },
    async (address) => {
      await expect(getInfo(address)).rejects.toMatchObject({ code: 'unavailable' });
      expect(seen).toEqual(['/below/v1/info']);
    },
  );
});

test('nobody there', async () => {
  let closed: TrainerAddress = { url: '', token: '' };
  await withServer(
    () => undefined,
    async (address) => {
      closed = address;
    },
  );
  await expect(getInfo(closed)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^The trainer at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\.$/),
  });
});

const stateLine = (seq: number) =>
  `${JSON.stringify({ seq, time: '2026-01-05T10:00:00.250Z', type: 'state', state: 'running', attempt: 1, device: null, error: null })}\n`;

test.each([
  ['a gap', `${stateLine(1)}\n${stateLine(3)}`, 'conflict', /jump from 1 to 3/],
  ['an event that is no message', `${stateLine(1)}{"seq":2}\n`, 'unavailable', /is not a trainer/],
  ['half a line', `${stateLine(1)}{"seq":2,`, 'unavailable', /is not a trainer/],
] as const)('events with %s: what came before is kept', async (_name, text, code, message) => {
  await withServer(
    (_request, response) => response.end(text),
    async (address) => {
      const seen: number[] = [];
      const reading = (async () => {
        for await (const { seq } of readEvents(address, randomUUID(), { after: 0 })) seen.push(seq);
      })();
      await expect(reading).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      expect(seen).toEqual([1]);
    },
  );
});

test('a connection that breaks in the middle', async () => {
  await withServer(
    (_request, response) => {
      response.write(stateLine(1));
      setTimeout(() => response.destroy(), 50);
    },
    async (address) => {
      const reading = collect(readEvents(address, randomUUID(), { after: 0, follow: true }));
      await expect(reading).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/cannot be reached/),
      });
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
});

test('an answer that does not come in time', async () => {
  await withServer(
    () => undefined,
    async (address) => {
      const call = callTrainer(address, { path: 'v1/info', timeoutMs: 50 }, z.unknown());
      await expect(call).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/did not answer in time/),
      });
    },
  );
});

test('a follower that hears nothing for a minute gives up, and storing an event does not count', async () => {
  await withServer(
    (_request, response) => response.write(stateLine(1)),
    async (address) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const events = readEvents(address, randomUUID(), { after: 0, follow: true });
      expect(await events.next()).toMatchObject({ value: { seq: 1 } });
      vi.advanceTimersByTime(300_000);
      const next = expect(events.next()).rejects.toMatchObject({ code: 'unavailable' });
      await vi.waitUntil(() => vi.getTimerCount() > 0);
      vi.advanceTimersByTime(60_000);
      await next;
    },
  );
});
