import 'server-only';
import { db } from '@/lib/data/db';
import type { TaskKind } from '@/lib/domain/task';

/** Whether a task of this kind waits or runs in a project. For the worker, which acts for no person. */
export const hasOpenTask = async (projectId: string, kind: TaskKind): Promise<boolean> =>
  (await db.task.count({ where: { projectId, kind, state: { in: ['queued', 'running'] } } })) > 0;
