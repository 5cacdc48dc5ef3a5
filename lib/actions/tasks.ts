'use server';
import { z } from 'zod';
import { cancelTask } from '@/lib/data/tasks/cancel';
import type { Result } from '@/lib/errors';
import { retryTask } from '@/lib/jobs/queue';
import { runAction } from './run-action';

const taskSchema = z.object({ taskId: z.uuid() });

/** Asks a task to stop at its next safe point. */
export async function stopTask(input: z.input<typeof taskSchema>): Promise<Result<null>> {
  return runAction(taskSchema, input, async (viewer, { taskId }) => {
    await cancelTask(viewer, taskId);
    return null;
  });
}

/** Runs a failed or cancelled task again; it goes on from what it had committed. */
export async function resumeTask(input: z.input<typeof taskSchema>): Promise<Result<null>> {
  return runAction(taskSchema, input, async (viewer, { taskId }) => {
    await retryTask(viewer, taskId);
    return null;
  });
}
