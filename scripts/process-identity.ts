import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { z } from 'zod';

/** A process id alone is reused; together with the moment it started it names one process for ever. */
export const processIdentitySchema = z.object({ pid: z.int().positive(), started: z.string().min(1) });
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/**
 * The start time (clock ticks since boot) out of `/proc/<pid>/stat`; undefined for a zombie, which is dead to us.
 * The name in brackets may hold spaces and brackets itself: fields count from the last one.
 */
export const parseProcStat = (stat: string): string | undefined => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : startTicks;
};

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined; // The process is gone, or is not ours to look at: both mean "unknown" here.
  }
};

const startedAt = (pid: number): string | undefined => {
  if (process.platform !== 'linux') {
    const started = attempt(() =>
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim(),
    );
    return started || undefined;
  }
  const ticks = attempt(() => parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  return ticks === undefined ? undefined : `${boot}:${ticks}`;
};

/** The identity of a running process; undefined when there is none with this id. */
export const identifyProcess = (pid: number): ProcessIdentity | undefined => {
  const started = startedAt(pid);
  return started === undefined ? undefined : { pid, started };
};

/** Whether exactly this process still runs (not another one that got its id later). */
export const isRunning = ({ pid, started }: ProcessIdentity): boolean => startedAt(pid) === started;

/** Ids of the processes whose working folder is `directory`: PostgreSQL's processes all sit in their data folder. */
export const processesIn = (directory: string): readonly number[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => attempt(() => readlinkSync(`/proc/${name}/cwd`)) === directory)
    .map(Number)
    .filter((pid) => startedAt(pid) !== undefined);
};

/** The command name of a process for a sentence to a person; undefined when it cannot be read. */
export const processName = (pid: number): string | undefined =>
  attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim().replace(/ .*/, ''));
