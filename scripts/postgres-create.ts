import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import type { Account } from './postgres-account';
import type { Durability } from './postgres-settings';

export const ADMIN = 'postgres';

/** Same sorting and same upper case on every machine, whatever its system libraries say. */
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

type Run = { readonly code: number | null; readonly output: string };

const run = (file: string, args: readonly string[], account: Account | undefined): Promise<Run> =>
  new Promise((resolve, reject) => {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    const child = spawn(file, args, {
      ...identity,
      cwd: '/',
      env: { NODE_ENV: 'production', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

/** What PostgreSQL printed, turned into the sentence a person can act on. */
export const explainFailure = (output: string): string => {
  if (/No space left on device/.test(output))
    return 'The disk is full: free some space, or choose another disk with --data.';
  if (/Permission denied/.test(output)) return 'It may not write there: choose another folder with --data.';
  if (/incompatible with server/.test(output)) return 'The data was made by another major version of PostgreSQL.';
  const fault = output.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line));
  return fault?.trim() ?? (output.trim().split('\n').at(-1) || 'It said nothing.');
};

type NewCluster = {
  readonly binaries: string;
  readonly directory: string;
  readonly account: Account | undefined;
  readonly adminPassword: string;
  readonly durability: Durability;
};

/**
 * Makes an empty database cluster. It is built beside its place and then renamed, so that a start that was killed
 * half-way leaves only a draft, which the next one removes.
 */
export const createCluster = async (cluster: NewCluster): Promise<void> => {
  const { binaries, directory, account, adminPassword, durability } = cluster;
  const draft = `${directory}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, adminPassword, { mode: 0o600 });
  try {
    if (account) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const args = [`--pgdata=${draft}`, '--auth=scram-sha-256', `--username=${ADMIN}`, `--pwfile=${passwordFile}`];
    const haste = durability === 'throwaway' ? ['--no-sync'] : [];
    const { code, output } = await run(path.join(binaries, 'bin/initdb'), [...args, ...LOCALE, ...haste], account);
    if (code !== 0)
      throw new AppError('unavailable', `PostgreSQL could not set up ${directory}. ${explainFailure(output)}`);
    await rename(draft, directory);
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** Whether a finished cluster is there. Refuses one of another major version. */
export const clusterExists = async (directory: string, major: string): Promise<boolean> => {
  const file = path.join(directory, 'PG_VERSION');
  if (!existsSync(file)) return false;
  const found = (await readFile(file, 'utf8')).trim();
  if (found === major) return true;
  const fix = `Export your sets with the version of the studio that made it, or start with another --data folder.`;
  throw new AppError('conflict', `${directory} was made by PostgreSQL ${found}; this studio brings ${major}. ${fix}`);
};
