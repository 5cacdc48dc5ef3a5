import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { prepareDataFolder } from './data-folder';
import { lockHolder, withLock } from './lock';
import { findFreePort } from './ports';
import { chooseAccount } from './postgres-account';
import { findBinaries } from './postgres-binaries';
import { ADMIN, clusterExists, createCluster } from './postgres-create';
import { findServer, startServer, stopServer } from './postgres-server';
import type { Durability } from './postgres-settings';
import { newState, type PostgresState, readState, writeState } from './postgres-state';
import { isRunning, type ProcessIdentity } from './process-identity';
import { step, warn } from './progress.mjs';

/** The lock that a running studio holds on its data folder. */
export const studioLock = (dataDir: string): string => path.join(dataDir, 'studio.lock');

/** The embedded PostgreSQL of one data folder, running. */
export type Database = {
  /** For the studio: owner of the database `veripo`, no superuser. */
  readonly url: string;
  /** For creating databases, as superuser. */
  readonly adminUrl: string;
  readonly isAlive: () => boolean;
  readonly process: ProcessIdentity;
  /**
   * Stops the server, unless developers keep it. `spare`, the default, also leaves it to a running studio and to
   * other programs that are connected.
   */
  readonly close: (guests?: 'spare' | 'end') => Promise<void>;
};

type Options = {
  readonly durability?: Durability;
  /** Leaves it running until `npm run db -- stop`. */
  readonly keep?: boolean;
  /** Whether it may listen elsewhere than last time, when another program took its port. */
  readonly portMayMove?: boolean;
};

const POSTGRES_MAJOR = '18';
const OWNER = 'veripo';
const LOCK_TIMEOUT_MS = 120_000;

const urlFor = (user: string, password: string, port: number, database: string): string =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Makes the studio's role and database where they are missing; a start that was killed in between is continued. */
const createOwner = (adminUrl: string, password: string): Promise<void> =>
  withClient(adminUrl, async (client) => {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER]);
    if (role.rowCount === 0)
      await client.query(`CREATE ROLE ${OWNER} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [OWNER]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${OWNER} OWNER ${OWNER}`);
  });

/** Other programs' connections, our own question not counted. */
const countGuests = (adminUrl: string): Promise<number> =>
  withClient(adminUrl, async (client) => {
    const text = `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    return (await client.query(text)).rowCount ?? 0;
  });

/** A studio may have no connection open at this moment, so its lock counts too. */
const isUsed = async (dataDir: string, adminUrl: string): Promise<boolean> =>
  (await lockHolder(studioLock(dataDir))) !== undefined || (await countGuests(adminUrl)) > 0;

const openState = async (dataDir: string, account: ReturnType<typeof chooseAccount>): Promise<PostgresState> => {
  const stored = await readState(dataDir);
  if (stored) return stored;
  const state = await newState(dataDir, account, await findFreePort());
  await writeState(dataDir, state);
  if (!state.directory.startsWith(dataDir)) {
    warn(
      `PostgreSQL may not run as root, and its user may not enter ${dataDir}: your data lives in ${state.directory}`,
    );
  }
  return state;
};

const openLocked = async (dataDir: string, options: Options): Promise<Database> => {
  const { durability = 'durable', keep = false, portMayMove = true } = options;
  const known = await readState(dataDir);
  const account = chooseAccount(known?.directory);
  const binaries = await findBinaries(account);
  const state = await openState(dataDir, account);
  const { directory, adminPassword, password } = state;
  if (!(await clusterExists(directory, POSTGRES_MAJOR))) {
    await step('Setting up PostgreSQL', () =>
      createCluster({ binaries, directory, account, adminPassword, durability }),
    );
  }
  const running = (await findServer(directory)) !== undefined;
  const adminUrlAt = (port: number) => urlFor(ADMIN, adminPassword, port, 'postgres');
  const logFile = path.join(dataDir, 'logs', 'postgres.log');
  const { port } = state;
  const launch = { binaries, directory, account, port, portMayMove, adminUrl: adminUrlAt, logFile, durability };
  const server = await step('Starting PostgreSQL', () => startServer(launch));
  const adminUrl = adminUrlAt(server.port);
  await createOwner(adminUrl, password);
  const kept = keep || (running && state.kept);
  await writeState(dataDir, { ...state, port: server.port, kept });
  return {
    url: urlFor(OWNER, password, server.port, OWNER),
    adminUrl,
    process: server.process,
    isAlive: () => isRunning(server.process),
    close: async (guests = 'spare') => {
      if (kept || !isRunning(server.process)) return;
      if (guests === 'spare' && (await isUsed(dataDir, adminUrl))) return;
      await stopServer(server);
    },
  };
};

/**
 * Makes sure that the data folder's PostgreSQL runs: sets it up on the first call, continues after a crash, and joins
 * the one that already runs. With `keep` it stays until `npm run db -- stop`.
 *
 * @throws AppError with a sentence for the person: no permission, disk full, wrong version.
 */
export const openDatabase = async (dataDir: string, options: Options = {}): Promise<Database> => {
  await prepareDataFolder(dataDir);
  return withLock(path.join(dataDir, 'database.lock'), LOCK_TIMEOUT_MS, () => openLocked(dataDir, options));
};

/** Stops the data folder's PostgreSQL whoever started it; false when none ran. */
export const stopDatabase = async (dataDir: string): Promise<boolean> => {
  const state = existsSync(dataDir) ? await readState(dataDir) : undefined;
  const server = state && existsSync(state.directory) ? await findServer(state.directory) : undefined;
  if (!state || !server) return false;
  await stopServer(server);
  await writeState(dataDir, { ...state, kept: false });
  return true;
};
