import { spawn } from 'node:child_process';
import { type FileHandle, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StudioEnvironment } from './environment';
import type { Ledger } from './ledger';
import { identifyProcess, type ProcessIdentity } from './process-identity';
import { formatSeconds, warn } from './progress.mjs';
import { root } from './root';
import { quietEnvironment } from './run-tool';
import { signal, stopGroup } from './stop';

/** A program that runs as long as the studio does. */
export type Service = {
  readonly name: string;
  /** The program; Node by default. */
  readonly file?: string;
  readonly args: readonly string[];
  readonly env: StudioEnvironment;
  readonly logFile: string;
};

export type RunningService = {
  /** How often in a row it ended soon after its start. */
  readonly failures: () => number;
  readonly pid: () => number | undefined;
  /** What it has written since its latest start. */
  readonly readLog: () => Promise<string>;
  /** Ends it and its children: politely, after `graceMs` by force. It is not started again. */
  readonly stop: (graceMs: number) => Promise<void>;
};

type OnStart = (identity: ProcessIdentity, logStart: number) => void;
type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

const STEADY_MS = 60_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
const LARGEST_LOG_BYTES = 20 * 1024 * 1024;

/** How long to wait before the n-th start in a row: doubling from a quarter second up to half a minute. */
export const backOffMs = (failures: number): number => Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);

/** `was killed (SIGKILL)`, `ended with code 1`. */
export const describeExit = ({ code, signal: name }: Exit): string =>
  name ? `was killed (${name})` : `ended with code ${code}`;

/** One old log is kept beside the current one. */
const openLog = async (file: string): Promise<FileHandle> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0, // There is none yet.
  );
  if (size > LARGEST_LOG_BYTES) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
};

/** Starts the program in its own process group, with its output in the log file, so that it outlives our pipes. */
const launch = async (service: Service, stop: AbortSignal, onStart: OnStart): Promise<Exit> => {
  const log = await openLog(service.logFile);
  try {
    const { size } = await log.stat();
    stop.throwIfAborted(); // Whoever stops us now would not see the program that starts next.
    return await new Promise<Exit>((resolve, reject) => {
      const child = spawn(service.file ?? process.execPath, service.args, {
        cwd: root,
        detached: true,
        env: { ...process.env, ...quietEnvironment, ...service.env, NODE_ENV: 'production' },
        stdio: ['ignore', log.fd, log.fd],
      });
      const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
      if (identity) onStart(identity, size);
      child.once('error', reject);
      child.once('exit', (code, name) => resolve({ code, signal: name }));
    });
  } finally {
    await log.close();
  }
};

/** Starts a service and starts it again whenever it ends, until `stop`. */
export const keepRunning = (service: Service, ledger: Ledger): RunningService => {
  const stopping = new AbortController();
  let current: ProcessIdentity | undefined;
  let logStart = 0;
  let failures = 0;

  /** Runs it once, and says in words how it ended. */
  const runOnce = async (): Promise<string> => {
    try {
      const exit = await launch(service, stopping.signal, (identity, position) => {
        current = identity;
        logStart = position;
        ledger.add(service.name, identity);
      });
      const log = exit.signal ? '' : ` Its log: ${path.relative(root, service.logFile)}`;
      return `${describeExit(exit)}, starting it again.${log}`;
    } catch (error) {
      return `could not be started: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      if (current) {
        signal(-current.pid, 'SIGKILL'); // Whatever it had started itself.
        ledger.remove(current.pid);
      }
      current = undefined;
    }
  };

  const runAgain = async (): Promise<void> => {
    const startedAt = Date.now();
    const end = await runOnce();
    if (stopping.signal.aborted) return;
    failures = Date.now() - startedAt > STEADY_MS ? 1 : failures + 1;
    const delay = backOffMs(failures - 1);
    const when = delay < 1_000 ? '' : ` Next try in ${formatSeconds(delay)}.`;
    warn(`The ${service.name} ${end}${when}`);
    await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
  };

  const running = (async () => {
    while (!stopping.signal.aborted) await runAgain();
  })();

  return {
    failures: () => failures,
    pid: () => current?.pid,
    readLog: async () => (await readFile(service.logFile)).subarray(logStart).toString(),
    stop: async (graceMs) => {
      stopping.abort();
      if (current) await stopGroup(current, graceMs);
      await running;
    },
  };
};
