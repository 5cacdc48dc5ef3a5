import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Redoes `work` only when its inputs (`hash`) differ from those of the last success, which `file` remembers. The mark
 * is taken away first, so that work that was killed half-way counts as not done. Returns whether it ran.
 */
export const whenChanged = async (file: string, hash: string, work: () => Promise<void>): Promise<boolean> => {
  const previous = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (previous === hash) return false;
  await rm(file, { force: true });
  await work();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, hash);
  return true;
};
