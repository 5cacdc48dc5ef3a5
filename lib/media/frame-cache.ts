import 'server-only';
/** Extracted frames on disk, bounded: the oldest go first. Losing any of it costs only the time to extract again. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { log } from '@/lib/log';

const MAX_BYTES = 2 * 1024 ** 3;
/** What is left after making room. */
const KEPT_SHARE = 0.8;
/** Bytes written between two looks at the whole. */
const CHECK_BYTES = 64 * 1024 * 1024;

const folderOf = (): string => path.join(config().VERIPO_DATA_DIR, 'frames');
const fileOf = (key: string): string => path.join(folderOf(), key.slice(0, 2), `${key}.jpg`);

/** A frame extracted before. Keys are letters, digits and dashes. */
export const readCachedFrame = async (key: string): Promise<Buffer | undefined> => {
  try {
    const bytes = await readFile(fileOf(key));
    const now = new Date();
    await utimes(fileOf(key), now, now);
    return bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

let unchecked = CHECK_BYTES;

/** Keeps a frame; makes room when the folder has grown too large. */
export const writeCachedFrame = async (key: string, jpeg: Buffer): Promise<void> => {
  const file = fileOf(key);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 }); // as private as the videos may be
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, jpeg, { mode: 0o600 });
  await rename(draft, file);
  unchecked += jpeg.length;
  if (unchecked < CHECK_BYTES) return;
  unchecked = 0;
  makeRoom().catch((error: unknown) => log.warn({ err: error }, 'the frame cache could not be trimmed'));
};

const makeRoom = async (): Promise<void> => {
  const root = folderOf();
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const info = await stat(file).catch(() => undefined); // another process removed it just now
        return { file, bytes: info?.size ?? 0, at: info?.mtimeMs ?? 0 };
      }),
  );
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MAX_BYTES) return;
  for (const { file, bytes } of files.sort((a, b) => a.at - b.at)) {
    if (total <= MAX_BYTES * KEPT_SHARE) break;
    await rm(file, { force: true });
    total -= bytes;
  }
};
