import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenToEvents } from '@/lib/data/events';
import { seedProject } from '@/lib/data/testing/seed';
import { freePort, hasTrainer, startTrainer, type TestTrainer } from '@/lib/trainer/testing';
import { getTrainerAddress } from './address';
import { checkHealth, checkTrainer, listAskable } from './health';
import { syncLocalTrainer } from './local';
import { getTrainer, listTrainers } from './read';
import { registerTrainer } from './register';

const nobodyAt = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;
const TOKEN = 'a-token-for-the-tests-only';

test('nobody there: offline, in one sentence, and told to browsers once', async () => {
  const { owner } = await seedProject();
  const url = await nobodyAt();
  const id = await registerTrainer(owner, { name: 'gpu', url, token: TOKEN, rewardUrl: null });
  const heard: string[] = [];
  const stop = await listenToEvents(owner, ({ id: about }) => heard.push(about));
  await new Promise((resolve) => setTimeout(resolve, 200)); // The LISTEN connection is opened in the background.
  expect([await checkHealth(id), await checkHealth(id), await checkHealth(id)]).toEqual([false, false, false]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  stop();
  expect(heard).toEqual([id]);
  const sentence = `The trainer at ${new URL(url).host} cannot be reached (ECONNREFUSED).`;
  expect(await getTrainer(owner, id)).toMatchObject({ state: 'offline', sentence, seenAt: null, info: null });
});

test('the trainer of this machine: prepared, started, switched off; one in each project, and never asked too early', async () => {
  const { owner, projectId } = await seedProject();
  await syncLocalTrainer({ state: 'off' }, null);
  expect(await listTrainers(owner)).toEqual([]);

  await syncLocalTrainer({ state: 'preparing', sentence: 'Downloading.' }, null);
  await syncLocalTrainer({ state: 'preparing', sentence: 'Unpacking.' }, null);
  const late = await seedProject();
  await syncLocalTrainer({ state: 'preparing', sentence: 'Unpacking.' }, null);
  const preparing = { name: 'this machine', local: true, state: 'preparing', sentence: 'Unpacking.' };
  expect(await listTrainers(owner)).toMatchObject([preparing]);
  expect(await listTrainers(late.owner)).toMatchObject([preparing]);
  const id = (await listTrainers(owner))[0]?.id ?? '';
  expect(await listAskable()).not.toContain(id);
  expect(await checkTrainer(owner, id)).toMatchObject(preparing);

  const url = await nobodyAt();
  await syncLocalTrainer({ state: 'started', url }, TOKEN);
  expect(await getTrainer(owner, id)).toMatchObject({ state: 'offline', sentence: 'It is starting.', url });
  expect(await listAskable()).toContain(id);
  await checkHealth(id);
  await syncLocalTrainer({ state: 'started', url }, TOKEN);
  expect(await getTrainer(owner, id)).toMatchObject({ sentence: expect.stringMatching(/cannot be reached/) });

  await syncLocalTrainer({ state: 'off' }, null);
  expect(await getTrainer(owner, id)).toMatchObject({
    state: 'absent',
    sentence: expect.stringMatching(/switched off/),
  });
  await expect(getTrainerAddress(projectId, id)).resolves.toMatchObject({ url, token: TOKEN });
});

describe.skipIf(!hasTrainer())(
  'a real trainer (skipped where Python has not installed it: npm run trainer-test)',
  { timeout: 90_000 },
  () => {
    let folder: string;
    let trainer: TestTrainer;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'veripo-health-'));
      trainer = await startTrainer(path.join(folder, 'first'));
    }, 90_000);
    afterAll(async () => {
      await trainer?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('online with what it has; away and another one back: each said', async () => {
      const { owner } = await seedProject();
      const { url, token } = trainer.address;
      const id = await registerTrainer(owner, { name: 'gpu', url, token, rewardUrl: null });
      expect(await checkHealth(id)).toBe(true);
      const first = await getTrainer(owner, id);
      expect(first).toMatchObject({ state: 'online', sentence: null, skew: null, info: { protocol: 1 } });
      expect(first.info?.devices).toMatchObject([{ name: 'cpu', job: null }]);
      expect(first.seenAt).toBe(first.checkedAt);

      await trainer.stop();
      expect(await checkHealth(id)).toBe(false);
      const away = await getTrainer(owner, id);
      expect(away).toMatchObject({ state: 'offline', seenAt: first.seenAt, info: first.info });
      expect(away.sentence).toMatch(/cannot be reached \(ECONNREFUSED\)/);

      trainer = await startTrainer(path.join(folder, 'second'), Number(new URL(url).port));
      expect(await checkHealth(id)).toBe(true);
      expect(await checkHealth(id)).toBe(true);
      const changed = await getTrainer(owner, id);
      expect(changed).toMatchObject({ state: 'online', sentence: expect.stringMatching(/Another trainer answers/) });
      expect(changed.info?.trainerId).not.toBe(first.info?.trainerId);
      expect(await checkTrainer(owner, id)).toMatchObject({ state: 'online', sentence: null });
    });

    test('another token: refused', async () => {
      const { owner } = await seedProject();
      const { url } = trainer.address;
      const id = await registerTrainer(owner, { name: 'gpu', url, token: 'not-the-token-it-has', rewardUrl: null });
      expect(await checkTrainer(owner, id)).toMatchObject({
        state: 'refused',
        sentence: expect.stringMatching(/refuses the token\.$/),
      });
    });
  },
);
