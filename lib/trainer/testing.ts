/** For tests only: a real trainer service in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainerAddress } from './request';

const root = path.dirname(path.dirname(import.meta.dirname));
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** Where `npm test` installs the trainer. */
export const TRAINER_VENV = path.join(root, '.test/trainer-venv');
/** Written when the installation is complete. */
export const TRAINER_VENV_MARK = path.join(TRAINER_VENV, '.inputs-sha256');
export const TRAINER_PYTHON = path.join(TRAINER_VENV, 'bin/python');

/** Whether a trainer can be started here; `npm run trainer-test` installs it. */
export const hasTrainer = (): boolean => existsSync(TRAINER_VENV_MARK) && existsSync(TRAINER_PYTHON);

export type TestTrainer = {
  readonly address: TrainerAddress;
  readonly stop: () => Promise<void>;
  /** Kills the service and leaves its engines alone, as a crash does. */
  readonly kill: () => Promise<void>;
};

/** A port of this machine that nothing listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const end = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
};

/**
 * Starts the service on `dataDir`, with one CPU and, beside the built-in engine, the `small` one of the trainer's own
 * tests, which needs no weights. It ends its engines when stopped. `at` is its port, a free one by default.
 */
export const startTrainer = async (dataDir: string, at?: number): Promise<TestTrainer> => {
  const port = at ?? (await freePort());
  const address = { url: `http://127.0.0.1:${port}`, token: 'a-token-for-the-tests-only' };
  const engine = [TRAINER_PYTHON, path.join(root, 'trainer/tests/service/small_engine.py')];
  const args = ['-m', 'veripo_trainer.service.main', '--port', String(port), '--data', dataDir];
  const child = spawn(TRAINER_PYTHON, args, {
    env: {
      ...process.env,
      VERIPO_TRAINER_TOKEN: address.token,
      VERIPO_TRAINER_DEVICES: 'cpu',
      // Threads of torch that wait for each other on busy cores make a small model ten times slower.
      OMP_NUM_THREADS: '1',
      VERIPO_TRAINER_MIN_FREE_DISK_GIB: '0',
      VERIPO_TRAINER_STOP_GRACE_SECONDS: '0.5',
      VERIPO_TRAINER_ENGINES: JSON.stringify({ small: engine }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const answers = () =>
    fetch(`${address.url}/v1/health`).then(
      ({ ok }) => ok,
      () => false, // Not listening yet.
    );
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end(child);
      throw new Error(`The trainer does not start:\n${output}`);
    }
    await sleep(POLL_MS);
  }
  return { address, stop: () => end(child), kill: () => end(child, 'SIGKILL') };
};
