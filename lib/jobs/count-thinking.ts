import 'server-only';
/**
 * Counts the thinking of rollouts in words and sentences that were verified before those were counted. In small batches
 * that wait for nobody and keep nobody waiting; killed anywhere it goes on with what is left.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { notify } from '@/lib/data/events';
import { vacuumRollouts } from '@/lib/data/rollouts/vacuum';
import { hasOpenTask } from '@/lib/data/tasks/open';
import { countUncounted, listUncounted, readUncounted, writeSizes } from '@/lib/data/verdicts/uncounted';
import { sizeThinking } from '@/lib/domain/verifier/thinking-size';
import { log } from '@/lib/log';
import { createTurns } from '@/lib/turns';
import { defineJob } from './define-job';
import { createTask } from './queue';
import { queueNames } from './queue-names';

const BATCH_ROWS = 500;
/** Fewer than this are counted without a task that people would see. */
const WORTH_A_TASK = 5_000;
/** Those that somebody held while they were written are tried again this often; the next start of a worker tries again. */
const MOST_PASSES = 3;

type Pass = { readonly read: number; readonly counted: number };

/** One way through all that is left. Rests as long as it worked, so that half of the worker is for others. */
const countOnce = async (
  projectId: string,
  signal: AbortSignal,
  onProgress: (counted: number) => void,
): Promise<Pass> => {
  const turn = createTurns();
  let [read, counted, after] = [0, 0, '0'];
  while (!signal.aborted) {
    const began = performance.now();
    const batch = await readUncounted(projectId, after, BATCH_ROWS);
    const last = batch.at(-1);
    if (!last) break;
    const sizes = [];
    for (const { id, response } of batch) {
      sizes.push({ id, ...sizeThinking(response) });
      await turn();
    }
    counted += await writeSizes(projectId, sizes);
    read += batch.length;
    after = last.seq;
    onProgress(counted);
    await sleep(performance.now() - began, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
  }
  return { read, counted };
};

/** Counts what a project has left; returns how many rollouts. Stops after a batch when the signal aborts. */
export const countThinking = async (
  projectId: string,
  signal: AbortSignal,
  onProgress: (counted: number) => void = () => undefined,
): Promise<number> => {
  let total = 0;
  for (let pass = 0; pass < MOST_PASSES && !signal.aborted; pass += 1) {
    const done = total;
    const { read, counted } = await countOnce(projectId, signal, (now) => onProgress(done + now));
    total += counted;
    if (read === counted) break;
  }
  await vacuumRollouts(total);
  if (total > 0) await notify({ projectId, topic: 'rollout', id: projectId });
  return total;
};

export const countJob = defineJob({
  name: queueNames.count,
  payload: z.object({}),
  concurrency: 1,
  run: async (_payload, { task: { projectId }, signal, report }) => {
    report({ done: 0, total: await countUncounted(projectId), unit: 'rollouts' });
    const counted = await countThinking(projectId, signal, (done) => report({ done }));
    return { state: signal.aborted ? 'cancelled' : 'done', result: { counted } };
  },
});

/**
 * What a worker does when it starts: few rollouts are counted at once, for many a task is queued that people see. Never
 * throws: what is left is found again at the next start.
 */
export const countAtStart = async (signal: AbortSignal): Promise<void> => {
  try {
    for (const { projectId, ownerId, waiting } of await listUncounted(WORTH_A_TASK)) {
      if (signal.aborted) return;
      if (waiting < WORTH_A_TASK || ownerId === null) await countThinking(projectId, signal);
      else if (!(await hasOpenTask(projectId, 'count'))) {
        const title = 'Count words and sentences of the thinking';
        await createTask({ projectId, kind: 'count', title, payload: {}, unit: 'rollouts', createdBy: ownerId });
      }
    }
  } catch (error) {
    log.warn({ err: error }, 'counting words and sentences failed, and is tried again when a worker starts');
  }
};
