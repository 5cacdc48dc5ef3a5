import 'server-only';
/** Verdicts of rollouts that keep coming, and of those that came. */
import { setTimeout as sleep } from 'node:timers/promises';
import { notify } from '@/lib/data/events';
import { hasUnverified, type LoopState } from '@/lib/data/iterations/loop-state';
import { vacuumRollouts } from '@/lib/data/rollouts/vacuum';
import { createSlots } from '@/lib/data/slots';
import { targetUnderTodaysRules } from '@/lib/jobs/todays-rules';
import { verifyIteration } from '@/lib/jobs/verify';
import { log } from '@/lib/log';

/** Screens follow at this pace. */
const PACE_MS = 500;
const REST_MS = 3_000;
/** Along with jobs one iteration is judged at a time; who finds that taken comes again, and delays no stage. */
const alone = createSlots({ atOnce: 1, inLine: 0, busy: 'Another iteration is being judged.' });
/** Looking for what has no verdict may take this share of the time. */
const SHARE = 1 / 20;

/**
 * Judges what has no verdict and decides anew what stands on another version; screens hear of it while it goes on.
 * Returns how many rollouts that touched. Stops after a batch when the signal aborts.
 */
const judge = async (loop: LoopState, signal: AbortSignal): Promise<number> => {
  const { projectId, iterationId, run, viewer } = loop;
  if (!viewer) return 0; // the loop stops, and says why
  const target = await targetUnderTodaysRules(projectId, iterationId, viewer);
  let toldAt = 0;
  const { judged, changed } = await verifyIteration(target, signal, () => {
    if (Date.now() - toldAt < PACE_MS) return;
    toldAt = Date.now();
    notify({ projectId, topic: 'iteration', id: iterationId }).catch((error: unknown) =>
      log.debug({ err: error }, 'progress of a verification was not heard'),
    );
  });
  const touched = judged + changed;
  if (touched > 0) {
    await notify({ projectId, topic: 'verdict', id: run.id });
    await notify({ projectId, topic: 'iteration', id: iterationId });
  }
  return touched;
};

/** Gives every rollout of the iteration the verdict of its run's version. Throws when some cannot be judged. */
export const verifyAll = async (loop: LoopState, signal: AbortSignal): Promise<void> => {
  const touched = await judge(loop, signal);
  await vacuumRollouts(touched);
  if (touched === 0 && !signal.aborted && (await hasUnverified(loop))) {
    throw new Error('some rollouts have no verdict, and none could be given');
  }
};

/**
 * Judges rollouts while a job still brings them, until the signal aborts. What fails here is only late: the verify
 * stage judges what is left, and says what is wrong.
 */
export const verifyAlong = async (loop: LoopState, signal: AbortSignal): Promise<void> => {
  let restMs = REST_MS;
  while (!signal.aborted) {
    await sleep(restMs, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    if (signal.aborted) return;
    const began = performance.now();
    try {
      if (await hasUnverified(loop)) await alone(() => judge(loop, signal));
    } catch (error) {
      log.debug({ err: error, iteration: loop.iterationId }, 'verifying along failed');
    }
    restMs = Math.max(REST_MS, (performance.now() - began) / SHARE);
  }
};
