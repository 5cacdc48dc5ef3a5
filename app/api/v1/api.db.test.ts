import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GET as getFrame } from '@/app/api/media/[mediaId]/frames/[index]/route';
import { GET as getFile } from '@/app/api/media/[mediaId]/route';
import { createApiToken } from '@/lib/data/access/api-tokens';
import { db, pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { addMediaRoot } from '@/lib/data/media/roots';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { closeSendingBoss } from '@/lib/jobs/boss';
import { probeJob } from '@/lib/jobs/probe-media';
import { chain, realData, rolloutLine, seedOwner } from '@/lib/jobs/testing';
import { GET as getEvents } from './events/route';
import { GET as getOpenApi } from './openapi/route';
import { POST as postRewards } from './rewards/route';
import { POST as postRollouts } from './rollouts/route';

type Seeded = Awaited<ReturnType<typeof seedOwner>> & { readonly token: string };
const base = 'http://localhost:3000';
let owner: Seeded;
let stranger: Seeded;

const seed = async (): Promise<Seeded> => {
  const person = await seedOwner();
  await db.$transaction((tx) =>
    ensureVerifierVersion(tx, person.projectId, 'Default', defaultVerifierSettings, person.userId),
  );
  return { ...person, token: await createApiToken(person, 'test') };
};

beforeAll(async () => {
  [owner, stranger] = await Promise.all([seed(), seed()]);
});
afterAll(closeSendingBoss);

const send = (url: string, token: string | null, init: RequestInit = {}): Request =>
  new Request(`${base}${url}`, {
    ...init,
    headers: { host: 'localhost:3000', ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
  });
const post = (url: string, token: string, body: BodyInit, headers: Record<string, string> = {}) =>
  send(url, token, { method: 'POST', body, headers });
const noContext = {};
const linesOf = async (response: Response): Promise<unknown[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('POST /api/v1/rollouts', () => {
  const body = [rolloutLine('q', chain('B')), 'not json', rolloutLine('q', chain('A'))].join('\n');

  test('stores what is good, refuses the rest by line, and adds nothing twice', async () => {
    const first = await linesOf(await postRollouts(post('/api/v1/rollouts?run=pushed', owner.token, body), noContext));
    expect(first).toEqual([
      { line: 2, refused: expect.any(String) },
      { import: expect.any(String), new: 2, known: 0, questions: 1, refused: 1 },
    ]);
    const packed = post('/api/v1/rollouts?run=pushed', owner.token, gzipSync(body), { 'content-encoding': 'gzip' });
    const again = await linesOf(await postRollouts(packed, noContext));
    expect(again.at(-1)).toMatchObject({ new: 0, known: 2, refused: 1 });
    expect(await db.task.count({ where: { projectId: owner.projectId, kind: 'verify', state: 'queued' } })).toBe(1);
  });

  test.each([
    ['no run', '', {}, 400],
    ['a stage that is none', '?run=x&stage=dream', {}, 400],
    ['broken gzip', '?run=x', { 'content-encoding': 'gzip' }, 400],
    ['another encoding', '?run=x', { 'content-encoding': 'br' }, 415],
    ['a foreign origin', '?run=x', { origin: 'http://evil.example' }, 403],
    ['a foreign host', '?run=x', { host: 'evil.example' }, 403],
  ])('%s is refused', async (_name, query, headers, status) => {
    const response = await postRollouts(post(`/api/v1/rollouts${query}`, owner.token, body, headers), noContext);
    expect(response.status).toBe(status);
    expect(z.object({ error: z.object({ message: z.string().min(10) }) }).parse(await response.json())).toBeTruthy();
  });

  test('an unknown token opens nothing', async () => {
    const response = await postRollouts(
      post('/api/v1/rollouts?run=x', 'veripo_AAAAAAAAAAAAAAAAAAAAAAAA', body),
      noContext,
    );
    expect(response.status).toBe(401);
  });

  test('senders that say nothing leave the rest of the studio its database', async () => {
    const ends: (() => void)[] = [];
    const answers = Array.from({ length: 8 }, (_, at) => {
      const silent = new ReadableStream<Uint8Array>({ start: (body) => void ends.push(() => body.close()) });
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: silent, duplex: 'half' };
      return postRollouts(send(`/api/v1/rollouts?run=silent-${at}`, owner.token, init), noContext);
    });
    await expect.poll(() => db.task.count({ where: { kind: 'import', state: 'running' } })).toBe(2);
    await expect(pool.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 });
    for (const end of ends) end();
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200);
  });

  test.each(['run=a%00b', 'run=ok&set=%00', 'run=ok&source=%00'])(
    'a name no text can hold is refused: %s',
    async (query) => {
      const answer = await postRollouts(post(`/api/v1/rollouts?${query}`, owner.token, body), noContext);
      expect(answer.status).toBe(400);
    },
  );
});

describe('POST /api/v1/rewards', () => {
  const question = { kind: 'choice', options: ['a cat', 'a dog'], truth: 'B' };
  const rewardsOf = async (body: unknown, headers: Record<string, string> = {}) =>
    postRewards(post('/api/v1/rewards', owner.token, JSON.stringify(body), headers), noContext);

  test('scores whole questions', async () => {
    const response = await rewardsOf({
      items: [chain('B'), chain('A'), 'B'].map((text) => ({ question, response: text })),
    });
    expect(await response.json()).toMatchObject({
      version: 1,
      rewards: [1.5, 0.5, 0],
      verdicts: [{ correct: true, consistency: 'consistent' }, { correct: false }, { well_formed: false }],
    });
  });

  test('answers OpenRLHF as a remote reward model, whose token comes as a password', async () => {
    const prompt = '<|im_start|>user\nWhat is it?\nA. a cat\nB. a dog<|im_end|>\n<|im_start|>assistant\n';
    const query = [chain('B'), chain('A'), '<think>x</think><answer>12</answer>'].map(
      (text) => `${prompt}${text}<|im_end|>`,
    );
    const body = { query, prompts: [prompt, prompt, prompt], labels: ['B', JSON.stringify(question), '12'] };
    const authorization = `Basic ${Buffer.from(`token:${owner.token}`).toString('base64')}`;
    const answer = await (await rewardsOf(body, { authorization })).json();
    expect(answer).toMatchObject({
      rewards: [1.5, 0.5, 1.5],
      scores: [1, 0, 1],
      extra_logs: { format: [0.5, 0.5, 0.5] },
    });
  });

  test.each([
    ['lists of different lengths', { query: ['a'], prompts: [], labels: ['B'] }],
    ['a label without a truth', { query: ['a'], prompts: ['a'], labels: [null] }],
    ['nothing', {}],
    ['no items', { items: [] }],
  ])('%s: 400', async (_name, body) => {
    expect((await rewardsOf(body)).status).toBe(400);
  });
});

test('the description names every route with its schemas', async () => {
  const document = z
    .object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })
    .parse(await (await getOpenApi(send('/api/v1/openapi', null), noContext)).json());
  expect(Object.keys(document.paths)).toContain('/api/v1/rewards');
  expect(JSON.stringify(document)).toContain('finish_reason');
});

test('events reach the project they belong to and no other', async () => {
  const stop = new AbortController();
  const open = async (token: string) =>
    (await getEvents(send('/api/v1/events', token, { signal: stop.signal }), noContext)).body?.getReader();
  const [mine, theirs] = await Promise.all([open(owner.token), open(stranger.token)]);
  const read = async (reader: typeof mine) => new TextDecoder().decode((await reader?.read())?.value);
  expect(await read(mine)).toMatch(/^retry:/);
  expect(await read(theirs)).toMatch(/^retry:/);
  await new Promise((resolve) => setTimeout(resolve, 300)); // until LISTEN is in place
  const id = randomUUID();
  await notify({ projectId: owner.projectId, topic: 'pair', id });
  await notify({ projectId: stranger.projectId, topic: 'task', id: 'theirs' });
  expect(await read(mine)).toBe(`data: {"topic":"pair","id":"${id}"}\n\n`);
  expect(await read(theirs)).toBe('data: {"topic":"task","id":"theirs"}\n\n');
  stop.abort();
  expect((await mine?.read())?.done).toBe(true);
});

const video = realData('videos', 'awkward', 'frames.webm');
describe.skipIf(video.absent)('media by id (skipped without ../shared/data)', () => {
  let mediaId = '';

  beforeAll(async () => {
    await addMediaRoot(owner, path.dirname(video.file));
    const setId = randomUUID();
    await db.questionSet.create({ data: { id: setId, projectId: owner.projectId, name: 'videos' } });
    const shared = {
      projectId: owner.projectId,
      questionSetId: setId,
      kind: 'choice',
      modality: 'video',
      prompt: '?',
      truth: 'A',
    };
    await db.question.create({ data: { ...shared, id: randomUUID(), key: 'v', mediaPath: 'frames.webm' } });
    const task = {
      id: randomUUID(),
      projectId: owner.projectId,
      kind: 'probe',
      title: 'Look',
      createdBy: owner.userId,
    };
    await db.task.create({ data: task });
    await probeJob.perform(task.id, new AbortController().signal);
    mediaId = (await db.media.findFirstOrThrow({ where: { projectId: owner.projectId, relPath: 'frames.webm' } })).id;
  }, 60_000);

  const file = (headers: Record<string, string> = {}, token = owner.token, id = mediaId) =>
    getFile(send(`/api/media/${id}`, token, { headers }), { params: Promise.resolve({ mediaId: id }) });

  test('whole and in parts', async () => {
    const whole = Buffer.from(await (await file()).arrayBuffer());
    const part = await file({ range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
    expect(part.headers.get('content-type')).toBe('video/webm');
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    const tail = await file({ range: 'bytes=-10' });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(whole.subarray(-10));
    expect((await file({ range: 'bytes=99999999-' })).status).toBe(416);
    expect((await file({ 'if-none-match': part.headers.get('etag') ?? '' })).status).toBe(304);
  });

  test.each(['../frames.webm', '..%2fframes.webm', '/etc/passwd', 'frames.webm'])('%s is no id', async (id) => {
    expect((await file({}, owner.token, id)).status).toBe(400);
  });

  test('strangers get nothing', async () => {
    expect((await file({}, stranger.token)).status).toBe(404);
  });

  test('frames by index', async () => {
    const frame = (index: string, token = owner.token) =>
      getFrame(send(`/api/media/${mediaId}/frames/${index}?width=160`, token), {
        params: Promise.resolve({ mediaId, index }),
      });
    const response = await frame('42');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect((await frame('100')).status).toBe(404);
    expect((await frame('-1')).status).toBe(400);
    expect((await frame('1', stranger.token)).status).toBe(404);
  }, 30_000);
});
