import 'server-only';
/** A task done by the calling process, which the screens show like any other. */
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { getTask, type Task } from '@/lib/data/tasks/read';
import type { Viewer } from '@/lib/data/viewer';
import type { Job } from './define-job';
import type { NewTask } from './queue';

const NOTE_MS = 500;

/** Makes the task, does it here and returns how it ended; `note` hears of its progress twice a second. */
export const performNow = async (
  viewer: Viewer,
  job: Job,
  task: Omit<NewTask, 'createdBy'>,
  note: (text: string) => void,
): Promise<Task> => {
  const { id } = await db.task.create({
    data: { ...task, id: randomUUID(), createdBy: viewer.userId },
    select: { id: true },
  });
  const timer = setInterval(() => {
    getTask(viewer, id).then(
      ({ done, total }) => note(`${done} of ${total ?? '?'}`),
      () => note('progress unknown'), // the job itself reports what is wrong
    );
  }, NOTE_MS);
  try {
    await job.perform(id, new AbortController().signal);
  } finally {
    clearInterval(timer);
  }
  return getTask(viewer, id);
};
