import 'server-only';
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { isMoving } from '@/lib/domain/loop/stages';
import { iterationStateSchema } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';

const lockedSchema = z.object({ state: iterationStateSchema });

/** Locks an iteration that the viewer may move. Throws `not_found`. */
export const lockIterationRow = async (tx: Transaction, viewer: Viewer, id: string) => {
  const found = await tx.iteration.findFirst({
    where: { id, ...visibleTo(viewer, engineers) },
    select: { projectId: true, runId: true },
  });
  if (!found) throw new AppError('not_found', 'Iteration not found, or your role does not allow this');
  const [row] = await tx.$queryRaw<unknown[]>`SELECT state FROM iteration WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return { ...found, ...lockedSchema.parse(row) };
};

/** Announces the iteration inside the transaction that changed it. */
export const notifyIteration = (tx: Transaction, projectId: string, id: string): Promise<void> =>
  notify({ projectId, topic: 'iteration', id }, { query: (text, values) => tx.$executeRawUnsafe(text, ...values) });

/**
 * Ends an iteration: at once where no job is under way, else the worker ends the trainer's job first. What is stored
 * stays. Engineers only. Throws `not_found`, and `conflict` when it is over already.
 */
export const cancelIteration = (viewer: Viewer, id: string): Promise<void> =>
  db.$transaction(async (tx) => {
    const { state, projectId } = await lockIterationRow(tx, viewer, id);
    if (!isMoving(state)) throw new AppError('conflict', 'This iteration is not under way');
    const job = await tx.job.findFirst({
      where: { iterationId: id, supersededAt: null, state: { in: ['queued', 'running'] }, trainerId: { not: null } },
      select: { id: true },
    });
    await tx.iteration.update({
      where: { id },
      data: job
        ? { cancelRequested: true }
        : { state: 'cancelled', cancelRequested: true, failedStage: state, waitingFor: null, finishedAt: new Date() },
    });
    await notifyIteration(tx, projectId, id);
  });
