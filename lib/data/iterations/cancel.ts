import 'server-only';
import { z } from 'zod';
import { closeRewardTokens } from '@/lib/data/access/reward-token';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { isMoving } from '@/lib/domain/loop/stages';
import { type IterationState, iterationStateSchema } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';

const lockedSchema = z.object({ state: iterationStateSchema, cancel_requested: z.boolean() });

/** Locks an iteration that the viewer may move. Throws `not_found`. */
export const lockIterationRow = async (tx: Transaction, viewer: Viewer, id: string) => {
  const found = await tx.iteration.findFirst({
    where: { id, ...visibleTo(viewer, engineers) },
    select: { projectId: true, runId: true },
  });
  if (!found) throw new AppError('not_found', 'Iteration not found, or your role does not allow this');
  const [row] = await tx.$queryRaw<
    unknown[]
  >`SELECT state, cancel_requested FROM iteration WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return { ...found, ...lockedSchema.parse(row) };
};

/** One at a time begins a run or a turn of one, or takes a turn up again: of two, the second sees the first. */
export const lockTurns = async (tx: Transaction, projectId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`veripo.run.${projectId}`}))`;
};

/** Announces the iteration inside the transaction that changed it. */
export const notifyIteration = (tx: Transaction, projectId: string, id: string): Promise<void> =>
  notify({ projectId, topic: 'iteration', id }, { query: (text, values) => tx.$executeRawUnsafe(text, ...values) });

const openJobs = (iterationId: string) =>
  ({ iterationId, supersededAt: null, state: { in: ['queued', 'running'] } }) satisfies Prisma.JobWhereInput;

/**
 * Ends an iteration: at once where no job is under way, else the worker ends the trainer's job first. Asked again, it
 * no longer waits for a trainer that does not answer. What is stored stays. Engineers only. Throws `not_found`, and
 * `conflict` when it is over already.
 */
export const cancelIteration = (viewer: Viewer, id: string): Promise<void> =>
  db.$transaction(async (tx) => {
    const { state, projectId, cancel_requested: again } = await lockIterationRow(tx, viewer, id);
    if (!isMoving(state)) throw new AppError('conflict', 'This iteration is not under way');
    const job = await tx.job.findFirst({
      where: { ...openJobs(id), trainerId: { not: null } },
      select: { id: true },
    });
    if (job && !again) await tx.iteration.update({ where: { id }, data: { cancelRequested: true } });
    else await endAtOnce(tx, id, state);
    await notifyIteration(tx, projectId, id);
  });

const endAtOnce = async (tx: Transaction, id: string, state: IterationState): Promise<void> => {
  const finishedAt = new Date();
  const error = 'The iteration was cancelled before the trainer could be told.';
  await tx.job.updateMany({ where: openJobs(id), data: { state: 'cancelled', error, finishedAt } });
  await closeRewardTokens(tx, id); // A trainer that never heard of this goes on, and learns nothing more from us.
  await tx.iteration.update({
    where: { id },
    data: { state: 'cancelled', cancelRequested: true, failedStage: state, waitingFor: null, finishedAt },
  });
};
