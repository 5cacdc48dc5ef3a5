import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { config } from '@/lib/config';
import { seedProject } from '@/lib/data/testing/seed';
import { listTrainers } from '@/lib/data/trainers/read';
import { registerTrainer } from '@/lib/data/trainers/register';
import { freePort } from '@/lib/trainer/testing';
import { watchTrainers } from './watch-trainers';

const LIMIT = { timeout: 20_000, interval: 50 };

test('what npm start writes and what trainers answer reaches their rows; a damaged file stops nothing for good', async () => {
  const { owner } = await seedProject();
  const url = `http://127.0.0.1:${await freePort()}`;
  await registerTrainer(owner, { name: 'gpu', url, token: 'a-token-for-the-tests-only', rewardUrl: null });
  const file = path.join(config().VERIPO_DATA_DIR, 'trainer/local.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '{"state":');
  const stop = new AbortController();
  const watching = watchTrainers(stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await writeFile(file, JSON.stringify({ state: 'preparing', sentence: 'Downloading.' }));
  try {
    await vi.waitUntil(async () => (await listTrainers(owner)).length === 2, LIMIT);
    await vi.waitUntil(async () => (await listTrainers(owner))[1]?.checkedAt, LIMIT);
    expect(await listTrainers(owner)).toMatchObject([
      { local: true, state: 'preparing', sentence: 'Downloading.' },
      { name: 'gpu', state: 'offline', sentence: expect.stringMatching(/cannot be reached/) },
    ]);
  } finally {
    stop.abort();
    await watching;
  }
});
