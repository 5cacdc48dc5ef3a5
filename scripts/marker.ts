import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Work whose inputs (`hash`) `file` remembers from its last success. */
export type Marked<T> = { readonly file: string; readonly hash: string; readonly of: T };

const isChanged = async ({ file, hash }: Marked<unknown>): Promise<boolean> => {
  const previous = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return previous !== hash;
};

/**
 * Redoes, all at once, what has changed since its last success. Marks are taken away first, so that work that was killed
 * half-way counts as not done. Returns whether there was anything to do.
 */
export const redoChanged = async <T>(
  all: readonly Marked<T>[],
  work: (changed: readonly T[]) => Promise<void>,
): Promise<boolean> => {
  const changed: Marked<T>[] = [];
  for (const marked of all) if (await isChanged(marked)) changed.push(marked);
  if (changed.length === 0) return false;
  for (const { file } of changed) await rm(file, { force: true });
  await work(changed.map(({ of }) => of));
  for (const { file, hash } of changed) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, hash);
  }
  return true;
};

/** Redoes `work` only when its inputs (`hash`) differ from those of its last success. Returns whether it ran. */
export const whenChanged = (file: string, hash: string, work: () => Promise<void>): Promise<boolean> =>
  redoChanged([{ file, hash, of: null }], work);
