import 'server-only';
/** Verification of a whole run, asked for by a person: one task an iteration. */
import { db } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { createTask } from './queue';

/**
 * Queues the verification of every iteration that has rollouts and returns the tasks' ids. What has its verdict
 * already is not read again. Throws `not_found` for foreign runs, `conflict` for a run without rollouts.
 */
export const queueRunVerification = async (viewer: Viewer, runId: string): Promise<string[]> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer, engineers) },
    select: { name: true, projectId: true },
  });
  if (!run) throw new AppError('not_found', 'Run not found, or your role does not allow verifying it');
  const iterations = await db.iteration.findMany({
    where: { runId, rolloutGroups: { some: {} }, ...visibleTo(viewer) },
    orderBy: { k: 'asc' },
    take: 1_000,
    select: { id: true, k: true },
  });
  if (iterations.length === 0) throw new AppError('conflict', 'This run has no rollouts to verify');
  const ids: string[] = [];
  for (const { id, k } of iterations) {
    ids.push(
      await createTask({
        projectId: run.projectId,
        kind: 'verify',
        title: `Verify ${run.name}, iteration ${k}`,
        payload: { iterationId: id },
        unit: 'rollouts',
        createdBy: viewer.userId,
      }),
    );
  }
  return ids;
};
