import 'server-only';
/** The worker: takes tasks from the queue until its signal aborts. Any number of them may run, on any machine. */
import { z } from 'zod';
import { failSilentTasks } from '@/lib/data/tasks/work';
import { log } from '@/lib/log';
import { workingBoss } from './boss';
import { countAtStart } from './count-thinking';
import { runLoop } from './loop/driver';
import { jobs } from './registry';
import { watchTrainers } from './watch-trainers';

const SWEEP_MS = 30_000;
const STOP_MS = 10_000;
const jobDataSchema = z.object({ taskId: z.uuid() });

/** Resolves when the signal has aborted and the tasks in hand went back to the queue. */
export const runWorker = async (signal: AbortSignal): Promise<void> => {
  const boss = await workingBoss();
  await boss.supervise(); // what a killed worker left behind is free at once if its lease is over
  for (const job of jobs) {
    const options = { localConcurrency: job.concurrency, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
    await boss.work(job.name, options, async ([queued]) => {
      if (!queued) return;
      const { taskId } = jobDataSchema.parse(queued.data);
      await job.perform(taskId, AbortSignal.any([signal, queued.signal]));
    });
  }
  const sweep = setInterval(() => {
    failSilentTasks().catch((error: unknown) => log.warn({ err: error }, 'sweeping silent tasks failed'));
  }, SWEEP_MS);
  const watching = watchTrainers(signal);
  const looping = runLoop(signal);
  const counting = countAtStart(signal);
  log.info({ jobs: jobs.map(({ name }) => name) }, 'the worker is ready');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(sweep);
  await watching;
  await looping;
  await counting;
  await boss.stop({ graceful: true, timeout: STOP_MS });
  log.info('the worker has stopped');
};
