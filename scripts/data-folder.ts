import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { AppError } from '@/lib/errors';

const OWN_ONLY = 0o700;
const OTHERS_MAY_PASS = 0o711;
const GIGABYTE = 1024 ** 3;
const SPACE_BYTES = 0.3 * GIGABYTE;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/**
 * Makes the data folder. As root others may pass through it, since PostgreSQL runs as another user.
 *
 * @throws AppError with a sentence when it cannot be written or its disk is full.
 */
export const prepareDataFolder = async (dataDir: string): Promise<void> => {
  try {
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? OTHERS_MAY_PASS : OWN_ONLY });
    await access(dataDir, constants.W_OK);
  } catch (cause) {
    const message = `You may not write to ${dataDir} (${codeOf(cause)}). Choose another folder: npm start -- --data FOLDER`;
    throw new AppError('forbidden', message, { cause });
  }
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= SPACE_BYTES) return;
  const [have, need] = [bavail * bsize, SPACE_BYTES].map((bytes) => (bytes / GIGABYTE).toFixed(1));
  const fix = 'Free some space, or choose another disk: npm start -- --data FOLDER';
  throw new AppError('unavailable', `The disk of ${dataDir} has ${have} GB free; ${need} GB are needed. ${fix}`);
};
