import { setImmediate } from 'node:timers/promises';

/** Well below what a person notices, and below a task's lease. */
const WORK_MS = 25;

/**
 * For long computations beside other work: await what this returns between two steps. It gives the event loop a turn
 * once 25 ms have been worked, however long a step is: hostile texts take a thousand times as long as usual ones.
 */
export const createTurns = (workMs: number = WORK_MS): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < workMs) return;
    await setImmediate();
    since = performance.now();
  };
};
