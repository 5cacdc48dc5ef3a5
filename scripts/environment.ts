import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const DEFAULT_PORT = 3000;

/** What `lib/config.ts` reads, as variables for child processes. */
export type StudioEnvironment = Readonly<Record<string, string>>;

/** The secret that signs sessions: made once for a data folder, readable by its owner only. */
const ensureSecret = async (dataDir: string): Promise<string> => {
  const file = path.join(dataDir, 'secret');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
  // Linking keeps an existing secret, also when two commands make the first one at the same moment.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readFile(file, 'utf8')).trim();
};

type Settings = { readonly dataDir: string; readonly databaseUrl: string; readonly baseUrl?: string };

/** The studio's environment on this machine; what the person has set by hand wins. */
export const studioEnvironment = async ({ dataDir, databaseUrl, baseUrl }: Settings): Promise<StudioEnvironment> => ({
  DATABASE_URL: databaseUrl,
  VERIPO_DATA_DIR: dataDir,
  VERIPO_SECRET: process.env.VERIPO_SECRET || (await ensureSecret(dataDir)),
  VERIPO_BASE_URL: process.env.VERIPO_BASE_URL || (baseUrl ?? `http://localhost:${DEFAULT_PORT}`),
  VERIPO_IMPORT_ROOTS: process.env.VERIPO_IMPORT_ROOTS ?? '',
});
