import 'server-only';
/** Driving one iteration: look, decide, do, and again, until it is over or only somebody else can move it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoopState, readLoopState } from '@/lib/data/iterations/loop-state';
import { failIteration, sayWaiting } from '@/lib/data/iterations/moves';
import { nextStep } from '@/lib/domain/loop/next-step';
import { isMoving } from '@/lib/domain/loop/stages';
import { AppError, type ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';
import type { LoopDeps } from './job-step';
import { withIterationLock } from './lock';
import { doStep } from './steps';
import { watchIteration } from './watch';

/**
 * `over`: done, failed or cancelled. `people`: pairs are to be decided. `trainer`: it cannot be reached, or has no room.
 * `elsewhere`: another process drives it. `stopped`: the signal aborted, or the database went away.
 */
export type DriveEnd = 'over' | 'people' | 'trainer' | 'elsewhere' | 'stopped';

const MAX_FAILURES = 3;
const FIRST_RETRY_MS = 1_000;
/** What passes by itself, or when a person sees to it; said, and waited for as long as it takes. */
const passing: ReadonlySet<ErrorCode> = new Set(['unavailable', 'busy', 'forbidden', 'unauthenticated']);

/**
 * Drives an iteration as far as it goes now, as the only process that does. Killed anywhere and called again it goes on.
 * What nobody expected is tried three times more, then the iteration has failed with it. Throws what PostgreSQL says
 * when it cannot be reached.
 */
export const driveIteration = async (
  iterationId: string,
  signal: AbortSignal,
  deps: LoopDeps = {},
): Promise<DriveEnd> => {
  const locked = await withIterationLock(iterationId, signal, (stop) => drive(iterationId, stop, deps));
  return locked.held ? locked.value : 'elsewhere';
};

const drive = async (iterationId: string, signal: AbortSignal, deps: LoopDeps): Promise<DriveEnd> => {
  let failures = 0;
  for (;;) {
    if (signal.aborted) return 'stopped';
    const loop = await readLoopState(iterationId, deps.connect !== undefined);
    if (!loop) return 'over';
    try {
      const end = await stepOnce(loop, signal, deps);
      if (end) return end;
      failures = 0;
    } catch (error) {
      failures += 1;
      const end = await recover(loop, error, failures, signal);
      if (end) return end;
    }
  }
};

/** One look and one step; says why it ends when nothing is left to do here. */
const stepOnce = async (loop: LoopState, signal: AbortSignal, deps: LoopDeps): Promise<DriveEnd | undefined> => {
  const { iterationId, snapshot } = loop;
  const step = nextStep(snapshot);
  if (step.do === 'nothing' || !isMoving(snapshot.state)) return 'over';
  if (step.do === 'wait') {
    await sayWaiting(iterationId, snapshot.state, null);
    return 'people';
  }
  log.debug({ iteration: iterationId, state: snapshot.state, step }, 'the loop takes a step');
  const watch = watchIteration(iterationId, snapshot.state, step.do === 'end job');
  try {
    await doStep(step, loop, AbortSignal.any([signal, watch.signal]), deps);
  } catch (error) {
    if (!watch.signal.aborted) throw error; // else it moved on under us: look again
  } finally {
    watch.stop();
  }
  return undefined;
};

/** After a step that failed: ends the drive, or lets it be tried again. */
const recover = async (
  { iterationId, snapshot: { state } }: LoopState,
  error: unknown,
  failures: number,
  signal: AbortSignal,
): Promise<DriveEnd | undefined> => {
  if (signal.aborted) return 'stopped';
  if (!isMoving(state)) throw error;
  if (error instanceof AppError && passing.has(error.code)) {
    await sayWaiting(iterationId, state, error.message);
    return 'trainer';
  }
  if (error instanceof AppError) {
    await failIteration(iterationId, state, error.message);
    return undefined;
  }
  log.error({ err: error, iteration: iterationId, state, failures }, 'a step of the loop failed');
  // A database that went away takes the lock with it: that is no failure of the step, and is heard within the wait.
  await sleep(FIRST_RETRY_MS * 2 ** (failures - 1), undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return 'stopped';
  if (failures <= MAX_FAILURES) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  await failIteration(iterationId, state, `It failed ${failures} times, the last time with: ${reason.slice(0, 500)}`);
  return undefined;
};
