/** The token that a job carries to its trainer's machine: what it opens, what it does not, and when it ends. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { GET as getMedia } from '@/app/api/media/[mediaId]/route';
import { createApiToken, listApiTokens, revokeApiToken } from '@/lib/data/access/api-tokens';
import { closeRewardToken, openRewardToken } from '@/lib/data/access/reward-token';
import { db } from '@/lib/data/db';
import { cancelIteration } from '@/lib/data/iterations/cancel';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { type SeededJob, seedJob } from '@/lib/data/testing/seed-job';
import { chain } from '@/lib/jobs/testing';
import { GET as getEvents } from './events/route';
import { GET as getPairs } from './pair-sets/[number]/export/route';
import { POST as postRewards } from './rewards/route';
import { POST as postRollouts } from './rollouts/route';

let project: SeededProject;
let seeded: SeededJob;
let token: string;
beforeAll(async () => {
  project = await seedProject();
  seeded = await seedJob(project);
  token = await openRewardToken(seeded.job);
});

const basic = (secret: string): string => `Basic ${Buffer.from(`token:${secret}`).toString('base64')}`;
const send = (path: string, authorization: string, init: RequestInit = {}): Request =>
  new Request(`http://localhost:3000${path}`, { ...init, headers: { host: 'localhost:3000', authorization } });
const question = { kind: 'choice', options: ['a cat', 'a dog'], truth: 'B' };
const body = JSON.stringify({ items: [{ question, response: chain('B') }] });
const askRewards = (authorization: string): Promise<Response> =>
  postRewards(send('/api/v1/rewards', authorization, { method: 'POST', body }), {});

test.each([
  ['a bearer', (secret: string) => `Bearer ${secret}`],
  ['a password', basic],
])('it opens the rewards, as %s', async (_name, header) => {
  const answer = await askRewards(header(token));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ rewards: [1.5] });
});

test.each([
  ['rollouts', (a: string) => postRollouts(send('/api/v1/rollouts?run=x', a, { method: 'POST', body: '{}' }), {})],
  ['events', (a: string) => getEvents(send('/api/v1/events', a), {})],
  [
    'pairs',
    (a: string) =>
      getPairs(send('/api/v1/pair-sets/1/export?format=trl', a), { params: Promise.resolve({ number: '1' }) }),
  ],
  ['media', (a: string) => getMedia(send('/api/media/x', a), { params: Promise.resolve({ mediaId: randomUUID() }) })],
] as const)('it does not open %s, which a person’s token does', async (_name, ask) => {
  expect((await ask(`Bearer ${token}`)).status).toBe(401);
  expect((await ask(`Bearer ${await createApiToken(project.owner, 'mine')}`)).status).not.toBe(401);
});

test('nothing but rollouts take a password, and there it opens nothing', async () => {
  const request = send('/api/v1/rollouts?run=x', basic(token), { method: 'POST', body: '{}' });
  expect((await postRollouts(request, {})).status).toBe(401);
});

test('it is not among the tokens that its person made, and cannot be revoked as one', async () => {
  const names = (await listApiTokens(project.owner)).map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('job '))).toEqual([]);
  const { id } = await db.apiToken.findFirstOrThrow({ where: { jobId: seeded.job.id } });
  await expect(revokeApiToken(project.owner, id)).rejects.toMatchObject({ code: 'not_found' });
});

describe('it ends', () => {
  test('with its job, and comes back when that is resumed', async () => {
    await closeRewardToken(seeded.job);
    expect((await askRewards(`Bearer ${token}`)).status).toBe(401);
    expect(await openRewardToken(seeded.job)).toBe(token);
    expect((await askRewards(`Bearer ${token}`)).status).toBe(200);
  });

  test('when its iteration is cancelled without the trainer, which may go on', async () => {
    const { job } = await seedJob(project);
    const secret = await openRewardToken(job);
    await cancelIteration(project.owner, job.iterationId);
    expect((await askRewards(`Bearer ${secret}`)).status).toBe(200); // The worker ends the job first.
    await cancelIteration(project.owner, job.iterationId);
    expect((await askRewards(`Bearer ${secret}`)).status).toBe(401);
  });

  test('when its person leaves the project', async () => {
    const other = await seedProject();
    const secret = await openRewardToken((await seedJob(other)).job);
    await db.member.deleteMany({ where: { userId: other.owner.userId } });
    expect((await askRewards(`Bearer ${secret}`)).status).toBe(404);
  });
});
