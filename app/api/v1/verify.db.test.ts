/** Whole verdicts, and the settings that leave the studio: whose they are, and that a verifier service scores alike. */
import { beforeAll, describe, expect, test } from 'vitest';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { createApiToken } from '@/lib/data/access/api-tokens';
import { openRewardToken } from '@/lib/data/access/reward-token';
import { db } from '@/lib/data/db';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { seedJob } from '@/lib/data/testing/seed-job';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { readSettingsFile } from '@/lib/domain/verifier/settings-file';
import { verifyAnswerSchema } from '@/lib/domain/verifier/verify-api';
import { createVerifierService } from '@/lib/verifier-service/service';
import { POST as postRewards } from './rewards/route';
import { GET as getVersion } from './verifier-versions/[number]/route';
import { POST as postVerdicts } from './verify/route';

const settings = { ...defaultVerifierSettings, formatReward: 0.25 };
const body = JSON.stringify({ items: batch.rows });
type Seeded = { readonly project: SeededProject; readonly token: string };
let mine: Seeded;
let theirs: Seeded;

const seed = async (): Promise<Seeded> => {
  const project = await seedProject();
  for (const version of [defaultVerifierSettings, settings]) {
    await db.$transaction((tx) => ensureVerifierVersion(tx, project.projectId, 'v', version, project.owner.userId));
  }
  return { project, token: await createApiToken(project.owner, 'test') };
};

beforeAll(async () => {
  mine = await seed();
  const project = await seedProject();
  theirs = { project, token: await createApiToken(project.owner, 'test') };
});

const send = (url: string, token: string, init: RequestInit = {}): Request =>
  new Request(`http://localhost:3000${url}`, {
    ...init,
    headers: { host: 'localhost:3000', authorization: `Bearer ${token}` },
  });
const verdictsOf = (query: string, token: string) =>
  postVerdicts(send(`/api/v1/verify${query}`, token, { method: 'POST', body }), {});
const settingsOf = (number: string, token: string) =>
  getVersion(send(`/api/v1/verifier-versions/${number}`, token), { params: Promise.resolve({ number }) });

describe('POST /api/v1/verify', () => {
  test('answers whole verdicts of the newest version, or of the one that is named', async () => {
    const [newest, named] = await Promise.all([verdictsOf('', mine.token), verdictsOf('?version=1', mine.token)]);
    const { verdicts } = verifyAnswerSchema.parse(await newest.json());
    expect(verdicts.map((verdict) => verdict?.consistency)).toEqual(batch.rows.map(({ consistency }) => consistency));
    expect([verdicts[0]?.reward, (await named.json()).verdicts[0].reward]).toEqual([1.25, 1.5]);
  });

  test('is not for a job, whose token opens the rewards', async () => {
    const token = await openRewardToken((await seedJob(mine.project)).job);
    expect((await verdictsOf('', token)).status).toBe(401);
    expect((await postRewards(send('/api/v1/rewards', token, { method: 'POST', body }), {})).status).toBe(200);
  });

  test('does not know the versions of others', async () => {
    expect((await verdictsOf('?version=2', theirs.token)).status).toBe(404);
  });
});

describe('GET /api/v1/verifier-versions/{number}', () => {
  test('gives the file with which a verifier service answers as the studio does', async () => {
    const read = readSettingsFile(await (await settingsOf('2', mine.token)).json());
    if (!read.ok) throw new Error(read.reason);
    const limits = { maxInFlight: 8, maxBytes: 1_000_000 };
    const service = createVerifierService({ file: read.file, token: null, loopbackOnly: false, ...limits });
    const ask = (request: Request) => service.handle(request).then((response) => response.json());
    const url = '/api/v1/rewards?version=2';
    const studio = await postRewards(send(url, mine.token, { method: 'POST', body }), {});
    const { settings_sha256: _, ...served } = await ask(send(url, 'none', { method: 'POST', body }));
    expect(served).toEqual(await studio.json());
    expect(served.rewards[0]).toBe(1.25);
  });

  test.each([
    ['one of others', '2', 404],
    ['none', '99', 404],
    ['no number', 'x', 400],
  ])('%s is not given', async (_name, number, status) => {
    const token = status === 404 && number === '2' ? theirs.token : mine.token;
    expect((await settingsOf(number, token)).status).toBe(status);
  });
});
