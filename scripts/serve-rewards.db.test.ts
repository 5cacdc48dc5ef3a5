import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { createApiToken } from '@/lib/data/access/api-tokens';
import { db } from '@/lib/data/db';
import { seedProject } from '@/lib/data/testing/seed';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { serveRewards } from './serve-rewards';

let served: Awaited<ReturnType<typeof serveRewards>>;
let token: string;

beforeAll(async () => {
  const { projectId, owner } = await seedProject();
  await db.$transaction((tx) => ensureVerifierVersion(tx, projectId, 'v', defaultVerifierSettings, owner.userId));
  token = await createApiToken(owner, 'test');
  served = await serveRewards();
});
afterAll(() => served.close());

test.each([
  ['plain', (body: string) => Buffer.from(body), {}],
  ['packed', (body: string) => gzipSync(body), { 'content-encoding': 'gzip' }],
] as const)('a trainer gets its rewards, asked with a body that is %s', async (_name, pack, headers) => {
  const body = new Uint8Array(pack(JSON.stringify({ items: batch.rows })));
  const authorization = `Bearer ${token}`;
  const response = await fetch(served.url, { method: 'POST', body, headers: { ...headers, authorization } });
  expect(await response.json()).toMatchObject({ rewards: batch.rows.map(({ reward }) => reward) });
});

test('without a token it gets none, and there is nothing else', async () => {
  expect((await fetch(served.url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await fetch(new URL('/', served.url))).status).toBe(404);
});
