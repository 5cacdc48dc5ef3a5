import 'server-only';
/** Following a job's event log to its end, across every disconnection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeRewardToken, openRewardToken } from '@/lib/data/access/reward-token';
import { readJobRecord } from '@/lib/data/jobs/read';
import type { JobRecord } from '@/lib/data/jobs/record';
import { storeEvents } from '@/lib/data/jobs/store-events';
import { isFinal } from '@/lib/domain/loop/job-progress';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import { batchEvents } from './batch-events';
import { queueTeller } from './queue-teller';

type Options = {
  readonly signal: AbortSignal;
  /** Why nothing comes, in a sentence: the trainer is away, or busy with other jobs; null when it comes again. */
  readonly onTrouble: (sentence: string | null) => void | Promise<void>;
};
export type FinalState = { readonly state: 'succeeded' | 'failed' | 'cancelled'; readonly error: string | null };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** What passes by itself, or when a person sees to the trainer: waited for as long as it takes. */
const passing: ReadonlySet<ErrorCode> = new Set(['unavailable', 'busy', 'forbidden', 'unsupported']);

const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted(); // The caller's own reason flies.
    throw error;
  });
};

/**
 * Stores what a job's trainer logs, from the last event stored to the end, and says how it ended. While the trainer
 * cannot be reached it is asked again, after 1 to 30 seconds, for ever. Call it again after a kill, a lost database, or
 * a resume.
 *
 * @throws AppError `not_found` when the trainer does not know the job, `conflict` when its log is not the one we read
 *   before; the signal's reason; whatever PostgreSQL throws.
 */
export const followJob = async (job: JobRecord, port: JobPort, { signal, onTrouble }: Options): Promise<FinalState> => {
  const queue = queueTeller(job.id, port, onTrouble);
  let waitMs = FIRST_WAIT_MS;
  let troubled = false;
  const recover = async (): Promise<void> => {
    waitMs = FIRST_WAIT_MS;
    if (troubled) await onTrouble(null);
    troubled = false;
  };
  if (job.kind === 'grpo') await openRewardToken(job);
  for (;;) {
    signal.throwIfAborted();
    const { lastEventSeq, state: known } = await readJobRecord(job.projectId, job.id);
    // Closes the connection when an event cannot be stored.
    const leaving = new AbortController();
    const reading = AbortSignal.any([signal, leaving.signal]);
    try {
      if (troubled) {
        // A queued job may say nothing for hours: the connection alone is news.
        await port.getJob(job.id, signal);
        await recover();
      }
      await queue.hear(known);
      for await (const batch of batchEvents(
        port.readEvents(job.id, { after: lastEventSeq, follow: true, signal: reading }),
      )) {
        await storeEvents(job, batch);
        await recover();
        await queue.hear(batch.findLast((event) => event.type === 'state')?.state);
      }
      const { state, error } = await readJobRecord(job.projectId, job.id);
      if (isFinal(state)) {
        await closeRewardToken(job);
        return { state, error };
      }
      await wait(waitMs, signal); // It ends its answers when it stops, and goes on after a restart.
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError) || !passing.has(error.code)) throw error;
      troubled = true;
      await queue.stop();
      await onTrouble(error.message);
      await wait(waitMs, signal);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    } finally {
      leaving.abort();
      await queue.stop();
    }
  }
};
