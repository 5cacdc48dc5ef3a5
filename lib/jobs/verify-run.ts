import 'server-only';
/** Verification of a whole run, asked for by a person: one task an iteration. */
import { db } from '@/lib/data/db';
import { moveToTodaysRules } from '@/lib/data/verifier/move-run';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { createTask } from './queue';

type Wanted = {
  /** An iteration that is verified already. */
  readonly except?: string;
  /** Propose pairs again where there are some. */
  readonly repropose?: boolean;
};

/** Queues one verification for each iteration of a run that has rollouts; the tasks' ids, oldest iteration first. */
export const queueVerifications = async (
  viewer: Viewer,
  runId: string,
  { except, repropose = false }: Wanted = {},
): Promise<string[]> => {
  const iterations = await db.iteration.findMany({
    where: { runId, rolloutGroups: { some: {} }, ...visibleTo(viewer) },
    orderBy: { k: 'asc' },
    take: 1_000,
    select: { id: true, k: true, projectId: true, run: { select: { name: true } } },
  });
  const ids: string[] = [];
  for (const { id, k, projectId, run } of iterations) {
    if (id === except) continue;
    ids.push(
      await createTask({
        projectId,
        kind: 'verify',
        title: `Verify ${run.name}, iteration ${k}`,
        payload: repropose ? { iterationId: id, repropose } : { iterationId: id },
        unit: 'rollouts',
        createdBy: viewer.userId,
      }),
    );
  }
  return ids;
};

/**
 * Queues the verification of every iteration that has rollouts and returns the tasks' ids. What has its verdict
 * already is not read again, unless the run stands on older rules: then it moves to the same settings under today's.
 * Throws `not_found` for foreign runs, `conflict` for a run without rollouts, or one that cannot move now.
 */
export const queueRunVerification = async (viewer: Viewer, runId: string): Promise<string[]> => {
  const run = await db.run.findFirst({ where: { id: runId, ...visibleTo(viewer, engineers) }, select: { id: true } });
  if (!run) throw new AppError('not_found', 'Run not found, or your role does not allow verifying it');
  await db.$transaction((tx) => moveToTodaysRules(tx, runId, viewer.userId));
  const ids = await queueVerifications(viewer, runId);
  if (ids.length === 0) throw new AppError('conflict', 'This run has no rollouts to verify');
  return ids;
};
