import 'server-only';
/** The one wrapper of background jobs: parses the payload, reports progress, hears cancellation, records the end. */
import { z } from 'zod';
import { type BegunTask, beginTask, closeTask, type Progress, reportTask } from '@/lib/data/tasks/work';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

const BEAT_MS = 2_000;
/** A handler that throws what nobody expected gets this many attempts; killed workers do not count. */
const MAX_FAILURES = 3;

export type JobContext = {
  readonly task: BegunTask;
  /** Aborts when somebody cancels the task or the worker stops. */
  readonly signal: AbortSignal;
  /** Cheap: sent to the database at most every two seconds. */
  readonly report: (progress: Progress) => void;
};

/** What a handler came to. `cancelled`: it stopped at the signal, and what it had committed stays. */
export type JobOutcome = { readonly state: 'done' | 'cancelled'; readonly result: unknown };

type Definition<S extends z.ZodType> = {
  readonly name: string;
  readonly payload: S;
  /** How many of these one worker does at once. */
  readonly concurrency: number;
  /** Idempotent: it may be killed anywhere and is then called again. */
  readonly run: (payload: z.infer<S>, context: JobContext) => Promise<JobOutcome>;
};

export type Job = {
  readonly name: string;
  readonly concurrency: number;
  /**
   * Does one task. Returns when the task is over; throws `JobInterrupted` when it should be tried again.
   * `failures` counts earlier attempts that threw.
   */
  readonly perform: (taskId: string, stop: AbortSignal) => Promise<void>;
};

/** The task went back to the queue: the worker stops, or an attempt failed and another is due. */
class JobInterrupted extends Error {
  override readonly name = 'JobInterrupted';
}

const failures = new Map<string, number>();

/** Makes a job out of a payload schema and a handler. */
export const defineJob = <S extends z.ZodType>(definition: Definition<S>): Job => ({
  name: definition.name,
  concurrency: definition.concurrency,
  perform: async (taskId, stop) => {
    const task = await beginTask(taskId);
    if (!task) return;
    const cancel = new AbortController();
    const beat = startBeat(taskId, cancel);
    try {
      const parsed = definition.payload.safeParse(task.payload);
      if (!parsed.success) throw new AppError('invalid', `This task cannot be read: ${z.prettifyError(parsed.error)}`);
      const signal = AbortSignal.any([cancel.signal, stop]);
      const outcome = await definition.run(parsed.data, { task, signal, report: beat.report });
      await beat.stop();
      const interrupted = outcome.state === 'cancelled' && stop.aborted && !cancel.signal.aborted;
      if (interrupted) throw new JobInterrupted('the worker is stopping');
      await closeTask(taskId, outcome);
      failures.delete(taskId);
    } catch (error) {
      await beat.stop();
      await endFailed(taskId, error, { cancelled: cancel.signal.aborted, stopping: stop.aborted });
    }
  },
});

const endFailed = async (
  taskId: string,
  error: unknown,
  { cancelled, stopping }: { cancelled: boolean; stopping: boolean },
) => {
  if (cancelled) return closeTask(taskId, { state: 'cancelled', result: null });
  if (error instanceof AppError) return closeTask(taskId, { state: 'failed', error: error.message });
  if (stopping) {
    await closeTask(taskId, { state: 'queued' });
    throw new JobInterrupted('the worker is stopping');
  }
  const attempts = (failures.get(taskId) ?? 0) + 1;
  failures.set(taskId, attempts);
  log.error({ err: error, taskId, attempts }, 'a task failed');
  if (attempts < MAX_FAILURES) {
    await closeTask(taskId, { state: 'queued' });
    throw new JobInterrupted('another attempt is due', { cause: error });
  }
  failures.delete(taskId);
  const reason = error instanceof Error ? error.message : String(error);
  return closeTask(taskId, {
    state: 'failed',
    error: `It failed ${attempts} times, the last time with: ${reason.slice(0, 500)}`,
  });
};

/** Tells the database every two seconds that the task is alive, with its latest progress. */
const startBeat = (taskId: string, cancel: AbortController) => {
  let progress: Progress = {};
  let sending = Promise.resolve();
  const send = async () => {
    const news = progress;
    progress = {};
    try {
      const { cancelRequested } = await reportTask(taskId, news);
      if (cancelRequested) cancel.abort();
    } catch (error) {
      log.warn({ err: error, taskId }, 'a task could not report its progress'); // its own queries will fail too
    }
  };
  const timer = setInterval(() => {
    sending = sending.then(send);
  }, BEAT_MS);
  return {
    report: (news: Progress) => {
      progress = { ...progress, ...news };
    },
    /** Sends the last progress; nothing is sent after it. */
    stop: async () => {
      clearInterval(timer);
      await sending;
      if (Object.keys(progress).length > 0) await send();
    },
  };
};
