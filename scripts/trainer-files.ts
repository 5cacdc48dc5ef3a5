/** The files by which `npm start` and this machine's trainer know each other, below the data folder. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LocalTrainer, localTrainerFiles } from '@/lib/domain/trainer/local';
import { findFreePort, isPortFree } from './ports';

const TOKEN_BYTES = 32;
const LOOPBACK = '127.0.0.1';

const readOrNothing = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

/** Whole or not at all: the worker reads these files at any moment. */
const write = async (file: string, text: string): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.draft`, text, { mode: 0o600 });
  await rename(`${file}.draft`, file);
};

/** Its random token, made once for a data folder and readable by its owner only. Returns the file. */
export const ensureTrainerToken = async (dataDir: string): Promise<string> => {
  const file = path.join(dataDir, localTrainerFiles.token);
  if ((await readOrNothing(file)).trim() === '') await write(file, randomBytes(TOKEN_BYTES).toString('hex'));
  return file;
};

/** The port of its last start where that is free, else another one, which is kept for the next. */
export const chooseTrainerPort = async (dataDir: string): Promise<number> => {
  const file = path.join(dataDir, localTrainerFiles.port);
  const text = (await readOrNothing(file)).trim();
  const last = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (last > 0 && last < 65_536 && (await isPortFree(last, LOOPBACK))) return last;
  const port = await findFreePort();
  await write(file, String(port));
  return port;
};

/** Tells the worker, and through it everyone. */
export const writeTrainerStatus = (dataDir: string, status: LocalTrainer): Promise<void> =>
  write(path.join(dataDir, localTrainerFiles.status), JSON.stringify(status));
