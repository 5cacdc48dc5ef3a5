import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { identifyProcess, isRunning, processIdentitySchema } from './process-identity';

const holderSchema = processIdentitySchema.extend({ note: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

const POLL_MS = 100;

const readHolder = async (path: string): Promise<LockHolder | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // Not there, or not a lock of ours: free to take.
  }
};

/** Takes a dead holder's file away, unless another process has put a living lock there in between. */
const clearStale = async (path: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  const holder = await readHolder(aside);
  if (holder && isRunning(holder)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

/**
 * Tries to take the lock file for this process. Returns the living holder when there is one, else undefined: taken.
 * The lock of a killed process does not count, since the file names its holder by id and start time.
 */
export const tryLock = async (path: string, note: string): Promise<LockHolder | undefined> => {
  const self = identifyProcess(process.pid);
  if (!self) throw new Error('This process cannot read its own start time');
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ ...self, note }), { mode: 0o600 });
  try {
    for (;;) {
      try {
        await link(draft, path); // Atomic, and the file is complete from its first moment.
        return undefined;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const holder = await readHolder(path);
      if (holder && isRunning(holder)) return holder;
      await clearStale(path);
    }
  } finally {
    await rm(draft, { force: true });
  }
};

/** The living process that holds the lock, if any. */
export const lockHolder = async (path: string): Promise<LockHolder | undefined> => {
  const holder = await readHolder(path);
  return holder && isRunning(holder) ? holder : undefined;
};

/** Gives the lock back. Only its holder may call this. */
export const unlock = (path: string): Promise<void> => rm(path, { force: true });

/** Runs `work` alone among all processes that use the same lock file; waits at most `timeoutMs` for the others. */
export const withLock = async <T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const holder = await tryLock(path, 'busy');
    if (!holder) break;
    if (Date.now() > deadline) {
      throw new AppError('busy', `Process ${holder.pid} has been holding ${path} for too long. End it and try again.`);
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await unlock(path);
  }
};
