/** What was worked, beside what was waited for: on a machine that does other things too only the first says much. */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/** Parent, and ticks of the process and of its children that have ended; null for one that is gone. */
const readStat = async (pid: string): Promise<{ parent: number; own: number; ended: number } | null> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 16) return null;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), own: user + system, ended: endedUser + endedSystem };
};

/** Milliseconds that a PostgreSQL server has worked so far, all of its processes together; null where /proc is missing. */
export const readServerCpu = async (serverPid: number): Promise<number | null> => {
  const server = await readStat(String(serverPid));
  if (!server) return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(readStat));
  const children = stats.filter((stat) => stat?.parent === serverPid);
  return children.reduce((sum, stat) => sum + (stat?.own ?? 0), server.own + server.ended) * TICK_MS;
};
