import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity';

const POLL_MS = 50;

/** Waits until the process is gone; false when it is still there after `timeoutMs`. */
export const waitForExit = async (identity: ProcessIdentity, timeoutMs: number): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(identity)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
};

/** Signals a process, or with a negative id its group; a process that is already gone is no error. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

/** Ends a process group politely, and after `graceMs` by force. The identity is its leader's. */
export const stopGroup = async (leader: ProcessIdentity, graceMs: number): Promise<void> => {
  if (!isRunning(leader)) return;
  signal(-leader.pid, 'SIGTERM');
  if (await waitForExit(leader, graceMs)) return;
  signal(-leader.pid, 'SIGKILL');
  await waitForExit(leader, graceMs);
};
