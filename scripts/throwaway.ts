import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase, stopDatabase } from './database';
import type { Durability } from './postgres-settings';
import { identifyProcess, isRunning, processIdentitySchema } from './process-identity';

/** A data folder with a database of its own, for tests. */
export type Throwaway = { readonly dataDir: string; readonly database: Database; readonly close: () => Promise<void> };

const PREFIX = 'veripo-test-';
const OTHERS_MAY_PASS = 0o711;

const ownerIsAlive = async (folder: string): Promise<boolean> => {
  const text = await readFile(path.join(folder, 'owner.json'), 'utf8').catch(() => '');
  if (text === '') return true; // Being made at this moment, or not ours: leave it.
  return isRunning(processIdentitySchema.parse(JSON.parse(text)));
};

/** Ends and deletes what test runs left behind that were killed. */
const sweep = async (): Promise<void> => {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const folder of names.map((name) => path.join(tmpdir(), name))) {
    if (await ownerIsAlive(folder)) continue;
    await stopDatabase(path.join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  }
};

/** Starts an empty PostgreSQL under the system's temporary folder; `close` deletes everything. */
export const openThrowaway = async (durability: Durability = 'throwaway'): Promise<Throwaway> => {
  await sweep();
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX));
  await chmod(folder, OTHERS_MAY_PASS);
  await writeFile(path.join(folder, 'owner.json'), JSON.stringify(identifyProcess(process.pid)));
  const dataDir = path.join(folder, 'data');
  const database = await openDatabase(dataDir, { durability });
  return {
    dataDir,
    database,
    close: async () => {
      await stopDatabase(dataDir);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
