import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { type Account, canReach } from './postgres-account';
import { SHARED_PLACE } from './postgres-binaries';

/** What `database.json` in the data folder keeps. It holds passwords: only the owner may read it. */
const stateSchema = z.object({
  /** PostgreSQL's own data folder. Not always inside ours, see `choosePlace`. */
  directory: z.string().min(1),
  /** The port it last listened on, on loopback. */
  port: z.int().positive(),
  /** Of the superuser `postgres`, for creating databases. */
  adminPassword: z.string().min(1),
  /** Of `veripo`, the owner of the studio's database. */
  password: z.string().min(1),
  /** True when `npm run db` started it for developers: `npm start` then leaves it running. */
  kept: z.boolean(),
});
export type PostgresState = Readonly<z.infer<typeof stateSchema>>;

const stateFile = (dataDir: string): string => path.join(dataDir, 'database.json');

/** The stored state; undefined before the first start. */
export const readState = async (dataDir: string): Promise<PostgresState | undefined> => {
  const file = stateFile(dataDir);
  if (!existsSync(file)) return undefined;
  const parsed = stateSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', `${file} is damaged. Restore it: it holds the passwords of the database.`);
};

/** Replaces the state in one piece, so that a crash leaves the old one or the new one. */
export const writeState = async (dataDir: string, state: PostgresState): Promise<void> => {
  const draft = `${stateFile(dataDir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, stateFile(dataDir));
};

/**
 * Where the database of this data folder shall live: inside it, unless PostgreSQL's account may not walk there (a
 * clone under root's closed home). Then in the shared place under a random name: a name made from the path would
 * bring back the rows of a clone deleted long ago.
 */
const choosePlace = (dataDir: string, account: Account | undefined): string => {
  if (!account || canReach(dataDir, account)) return path.join(dataDir, 'postgres');
  return path.join(
    SHARED_PLACE,
    `${path.basename(path.dirname(dataDir))}-${randomBytes(4).toString('hex')}`,
    'postgres',
  );
};

/** State for a database that is about to be made, with fresh passwords. */
export const newState = async (dataDir: string, account: Account | undefined, port: number): Promise<PostgresState> => {
  const directory = choosePlace(dataDir, account);
  if (existsSync(directory)) {
    const fix = 'Restore that file, or move the folder away to begin empty.';
    throw new AppError(
      'conflict',
      `${directory} holds a database, but its password file database.json is gone. ${fix}`,
    );
  }
  await mkdir(path.dirname(directory), { recursive: true, mode: 0o755 });
  const secret = () => randomBytes(24).toString('hex');
  return { directory, port, adminPassword: secret(), password: secret(), kept: false };
};
