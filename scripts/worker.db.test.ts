import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { storeUpload } from '@/lib/data/imports/upload';
import { getTask } from '@/lib/data/tasks/read';
import { closeSendingBoss } from '@/lib/jobs/boss';
import { startImport } from '@/lib/jobs/start-import';
import { chain, rolloutLine, seedOwner } from '@/lib/jobs/testing';
import { root } from './root';

const ROLLOUTS = 20_000;
const LIMIT_MS = 120_000;
const workers: ChildProcess[] = [];

const startWorker = (): ChildProcess => {
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'];
  const worker = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', env: process.env });
  workers.push(worker);
  return worker;
};

afterAll(async () => {
  for (const worker of workers) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  await closeSendingBoss();
});

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  const started = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - started > LIMIT_MS) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test(
  'kill -9 in the middle of an import: the next worker ends it, each row once, and verifies it',
  async () => {
    const owner = await seedOwner();
    const rows = Array.from({ length: ROLLOUTS }, (_, at) =>
      rolloutLine(`q${at >> 3}`, chain(at % 2 ? 'A' : 'B', `Chain ${at}, seen in frame after frame.`)),
    );
    const body = async function* () {
      yield new TextEncoder().encode(`${rows.join('\n')}\n`);
    };
    const { sha256, fileName } = await storeUpload(owner, 'kill.ndjson', body(), null);
    const first = startWorker();
    const id = await startImport(owner, { file: { kind: 'upload', sha256, fileName }, run: 'killed' });
    const stored = () => db.rollout.count({ where: { run: { name: 'killed' } } });
    await until(async () => ((await stored()) > 0 ? true : undefined));
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await getTask(owner, id)).toMatchObject({ state: 'running' });
    const halfway = await stored();
    expect(halfway).toBeLessThan(ROLLOUTS);

    const second = startWorker();
    const task = await until(async () => {
      const now = await getTask(owner, id);
      return now.state === 'done' ? now : undefined;
    });
    expect(task.result).toMatchObject({ rolloutsNew: ROLLOUTS, rolloutsKnown: 0, refused: 0 });
    expect(await stored()).toBe(ROLLOUTS);
    expect(await db.rolloutText.count()).toBe(ROLLOUTS);
    const judged = () => db.rollout.count({ where: { run: { name: 'killed' }, wellFormed: { not: null } } });
    await until(async () => ((await judged()) === ROLLOUTS ? true : undefined));
    second.kill('SIGTERM');
    expect(await once(second, 'exit')).toEqual([0, null]);
  },
  LIMIT_MS,
);
