import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { localTrainerSchema } from '@/lib/domain/trainer/local';
import { getInfo } from '@/lib/trainer/client';
import { hasTrainer, TRAINER_PYTHON } from '@/lib/trainer/testing';
import { openLedger } from './ledger';
import { type LocalTrainerProcess, startLocalTrainer } from './local-trainer';

const LIMIT_MS = 60_000;

let dataDir: string;
let trainer: LocalTrainerProcess | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'veripo-local-trainer-'));
  vi.stubEnv('VERIPO_TRAINER_DEVICES', 'cpu');
  vi.stubEnv('VERIPO_TRAINER_MIN_FREE_DISK_GIB', '0');
  vi.stubEnv('VERIPO_TRAINER_TOKEN', 'a token that must not win over the file');
});
afterEach(async () => {
  await trainer?.stop(0);
  trainer = undefined;
  vi.unstubAllEnvs();
  await rm(dataDir, { recursive: true, force: true });
});

const start = async (enabled = true): Promise<void> => {
  const ledger = await openLedger(dataDir);
  trainer = await startLocalTrainer({ dataDir, url: 'http://localhost:3000', enabled, ledger });
};
const status = async () =>
  localTrainerSchema.parse(JSON.parse(await readFile(path.join(dataDir, 'trainer/local.json'), 'utf8')));
const children = async () => JSON.parse(await readFile(path.join(dataDir, 'children.json'), 'utf8'));
const becomes = (state: string) =>
  vi.waitUntil(async () => (await status()).state === state, { timeout: LIMIT_MS, interval: 50 });
const address = async () => {
  const told = await status();
  const token = await readFile(path.join(dataDir, 'trainer/token'), 'utf8');
  return { url: told.state === 'started' ? told.url : '', token };
};

test('switched off, it is only written down', async () => {
  await start(false);
  expect(await status()).toEqual({ state: 'off' });
  expect(await children()).toEqual([]);
});

test('a Python that has no trainer: absent, in one sentence', async () => {
  vi.stubEnv('VERIPO_TRAINER_PYTHON', '/nowhere/python');
  await start();
  await becomes('absent');
  expect(await status()).toMatchObject({ sentence: expect.stringMatching(/\(\/nowhere\/python\) has no trainer/) });
});

describe.skipIf(!hasTrainer())(
  'with the trainer that its tests installed (skipped where they have not: npm run trainer-test)',
  { timeout: LIMIT_MS },
  () => {
    test('started, killed and started again at the same address, then ended with nothing left', async () => {
      vi.stubEnv('VERIPO_TRAINER_PYTHON', TRAINER_PYTHON);
      await start();
      await becomes('started');
      const first = await address();
      const { trainerId } = await getInfo(first);
      const [child] = await children();
      expect(child).toMatchObject({ name: 'trainer' });

      process.kill(child.pid, 'SIGKILL');
      await vi.waitUntil(
        async () => (await children()).some(({ pid }: { pid: number }) => pid !== child.pid),
        LIMIT_MS,
      );
      await vi.waitUntil(
        () =>
          getInfo(first).then(
            () => true,
            () => false,
          ),
        LIMIT_MS,
      );
      expect(await getInfo(first)).toMatchObject({ trainerId });

      await trainer?.stop(10_000);
      expect(await children()).toEqual([]);
      await expect(getInfo(first)).rejects.toMatchObject({ code: 'unavailable' });

      await start();
      await becomes('started');
      await vi.waitUntil(
        () =>
          getInfo(first).then(
            () => true,
            () => false,
          ),
        LIMIT_MS,
      );
      expect(await address()).toEqual(first);
    });
  },
);
