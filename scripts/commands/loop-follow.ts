/** Driving or following one iteration from the command line, and telling what becomes of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { getIteration } from '@/lib/data/iterations/read';
import type { Viewer } from '@/lib/data/viewer';
import type { IterationView } from '@/lib/domain/iteration';
import { isMoving } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import { driveIteration } from '@/lib/jobs/loop/drive';
import { say, step } from '@/scripts/progress.mjs';

const LOOK_MS = 1_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** `dpo, step 3 of 20`. */
const progressOf = ({ state, jobs, waitingFor, unverified, gate }: IterationView): string => {
  if (waitingFor !== null) return `${state}: ${waitingFor}`;
  const job = jobs.findLast((one) => one.state === 'running' || one.state === 'queued');
  if (job?.step != null && job.steps !== null) return `${state}, step ${job.step} of ${job.steps}`;
  if (state === 'verify') return `verify, ${unverified} rollouts left`;
  if (state === 'curate' && gate) return `curate, ${gate.toReview} pairs to review`;
  return state;
};

type Options = { readonly drives: boolean; readonly stop: AbortSignal };

/** Looks at the iteration every second until told to stop: a line for each stage, the note for what moves in it. */
const tell = (viewer: Viewer, id: string, note: (text: string) => void): (() => void) => {
  let told = '';
  let asking = false;
  const sayOnce = (text: string): void => {
    if (text !== told) say(text);
    told = text;
  };
  const look = async (): Promise<void> => {
    const view = await getIteration(viewer, id);
    note(progressOf(view));
    if (!isMoving(view.state)) return;
    const waits = view.state === 'curate' && view.gate !== null && view.gate.toReview > 0;
    sayOnce(`iteration ${view.k}: ${view.state}${waits ? ', pairs wait for a person to decide them' : ''}`);
  };
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    look()
      .catch(() => note('its progress is unknown')) // the drive itself says what is wrong
      .finally(() => {
        asking = false;
      });
  }, LOOK_MS);
  return () => clearInterval(timer);
};

/** Moves an iteration until it is over, by driving it or by waiting for whoever does. Throws when told to stop. */
const moveToEnd = async (viewer: Viewer, id: string, { drives, stop }: Options): Promise<IterationView> => {
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const end = drives ? await driveIteration(id, stop) : 'elsewhere';
    const view = await getIteration(viewer, id);
    if (!isMoving(view.state)) return view;
    if (stop.aborted)
      throw new AppError('unavailable', `Iteration ${view.k} was left in ${view.state}: run it again to go on`);
    waitMs = end === 'trainer' ? Math.min(waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
    await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined); // told to stop: the next look ends it
  }
};

/** Throws with the iteration's own reason when it is not done at its end. */
export const followIteration = async (viewer: Viewer, id: string, options: Options): Promise<void> => {
  const { k, run } = await getIteration(viewer, id);
  const over = await step(`Iteration ${k} of ${run.name}`, async (note) => {
    const quiet = tell(viewer, id, note);
    try {
      return await moveToEnd(viewer, id, options);
    } finally {
      quiet();
    }
  });
  if (over.state === 'cancelled') throw new AppError('conflict', `Iteration ${k} was cancelled`);
  if (over.state === 'failed') {
    throw new AppError('conflict', `Iteration ${k} failed in ${over.failedStage}: ${over.failedReason}`);
  }
};
