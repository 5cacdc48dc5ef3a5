import 'server-only';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

/**
 * Asks a task to stop: at once when it has not begun, else at its next safe point. What it has committed stays.
 * Throws `not_found` for foreign tasks, `conflict` for finished ones.
 */
export const cancelTask = async (viewer: Viewer, id: string): Promise<void> => {
  const mine = { id, ...visibleTo(viewer, engineers) };
  const task = await db.task.findFirst({ where: mine, select: { projectId: true } });
  if (!task) throw new AppError('not_found', 'Task not found, or your role does not allow this');
  const waiting = await db.task.updateMany({
    where: { ...mine, state: 'queued' },
    data: { state: 'cancelled', cancelRequested: true, finishedAt: new Date() },
  });
  const running = await db.task.updateMany({ where: { ...mine, state: 'running' }, data: { cancelRequested: true } });
  if (waiting.count + running.count === 0) throw new AppError('conflict', 'This task is over already');
  await notify({ projectId: task.projectId, topic: 'task', id });
};
