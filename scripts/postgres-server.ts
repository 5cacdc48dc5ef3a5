import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '@/lib/errors';
import { describeListener, findFreePort, isPortFree } from './ports';
import type { Account } from './postgres-account';
import { explainFailure } from './postgres-create';
import { type Durability, settingArguments } from './postgres-settings';
import { identifyProcess, isRunning, type ProcessIdentity, processesIn } from './process-identity';
import { signal, waitForExit } from './stop';

export type Server = { readonly process: ProcessIdentity; readonly port: number };

type Launch = {
  readonly binaries: string;
  readonly directory: string;
  readonly account: Account | undefined;
  readonly port: number;
  /** False while programs run that know the port. */
  readonly portMayMove: boolean;
  readonly adminUrl: (port: number) => string;
  readonly logFile: string;
  readonly durability: Durability;
};

const POLL_MS = 50;
/** After a crash PostgreSQL first replays its log, which takes minutes at worst. */
const READY_TIMEOUT_MS = 600_000;
const ORPHANS_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 60_000;
const IMMEDIATE_TIMEOUT_MS = 10_000;

/** The process and port out of `postmaster.pid`: its first and fourth line. */
export const parsePidFile = (text: string): { pid: number; port: number } | undefined => {
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 ? { pid, port } : undefined;
};

/** The server that runs on this data folder now, whoever started it. */
export const findServer = async (directory: string): Promise<Server | undefined> => {
  const file = path.join(directory, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const found = parsePidFile(await readFile(file, 'utf8'));
  const identity = found && identifyProcess(found.pid);
  if (!found || !identity) return undefined;
  // Elsewhere than on Linux we cannot see the working folder, and trust PostgreSQL's own lock file.
  const ours = process.platform !== 'linux' || processesIn(await realpath(directory)).includes(found.pid);
  return ours ? { process: identity, port: found.port } : undefined;
};

/**
 * Removes the lock file of a server that was killed, once none of its processes is left. PostgreSQL would remove it
 * itself, except where another program has got the same process id since (containers reuse them).
 */
const clearDeadServer = async (directory: string): Promise<void> => {
  const file = path.join(directory, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const deadline = Date.now() + ORPHANS_TIMEOUT_MS;
  const real = await realpath(directory);
  while (processesIn(real).length > 0) {
    if (Date.now() > deadline) {
      const pids = processesIn(real).join(', ');
      throw new AppError(
        'busy',
        `Processes ${pids} still use ${directory}, though their server is gone. End them first.`,
      );
    }
    await sleep(POLL_MS);
  }
  await rm(file, { force: true });
};

const accepts = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // A server that dies during the handshake is simply not ready.
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // 28P01: wrong password. Everything else (refused, starting up) passes with time or with the process.
    if (code !== '28P01') return false;
    throw new AppError('unavailable', 'The database refused the password in database.json of the data folder.', {
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
};

const waitUntilReady = async (server: Server, launch: Launch, readLog: () => Promise<string>): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await accepts(launch.adminUrl(server.port)))) {
    if (!isRunning(server.process)) {
      throw new AppError('unavailable', `PostgreSQL did not start. ${explainFailure(await readLog())}`);
    }
    if (Date.now() > deadline) throw new AppError('unavailable', `PostgreSQL does not answer. See ${launch.logFile}`);
    await sleep(POLL_MS);
  }
};

const spawnServer = async (launch: Launch, port: number): Promise<Server> => {
  await mkdir(path.dirname(launch.logFile), { recursive: true, mode: 0o700 });
  const log = await open(launch.logFile, 'a', 0o600);
  const { size: logStart } = await log.stat();
  try {
    const args = ['-D', launch.directory, '-p', String(port), ...settingArguments(launch.durability)];
    const identity = launch.account ? { uid: launch.account.uid, gid: launch.account.gid } : {};
    // Its own session, so that Ctrl-C in the terminal does not reach it before the programs that use it.
    const child = spawn(path.join(launch.binaries, 'bin/postgres'), args, {
      ...identity,
      cwd: '/',
      detached: true,
      env: { NODE_ENV: 'production', LC_ALL: 'C' },
      stdio: ['ignore', log.fd, log.fd],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => resolve(child.pid ?? 0));
    });
    child.unref();
    const server = { process: identifyProcess(pid) ?? { pid, started: 'ended at once' }, port };
    await waitUntilReady(server, launch, async () => (await readFile(launch.logFile)).subarray(logStart).toString());
    return server;
  } finally {
    await log.close();
  }
};

const choosePort = async ({ port, portMayMove }: Launch): Promise<number> => {
  if (await isPortFree(port, '127.0.0.1')) return port;
  if (portMayMove) return findFreePort();
  throw new AppError('conflict', `Its port ${port} is taken by ${describeListener(port)}.`);
};

/** Uses the server that already runs on the folder, else starts one. */
export const startServer = async (launch: Launch): Promise<Server> => {
  const running = await findServer(launch.directory);
  if (running) {
    await waitUntilReady(running, launch, async () => 'The server that ran there ended.');
    return running;
  }
  await clearDeadServer(launch.directory);
  return spawnServer(launch, await choosePort(launch));
};

/** Ends the server cleanly (open transactions roll back); by force only if it does not come to an end. */
export const stopServer = async ({ process: server }: Server): Promise<void> => {
  if (!isRunning(server)) return;
  signal(server.pid, 'SIGINT');
  if (await waitForExit(server, STOP_TIMEOUT_MS)) return;
  signal(server.pid, 'SIGQUIT');
  await waitForExit(server, IMMEDIATE_TIMEOUT_MS);
};
