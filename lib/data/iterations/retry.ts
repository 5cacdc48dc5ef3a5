import 'server-only';
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { RetryStage } from '@/lib/domain/iteration';
import { type Plan, planSchema } from '@/lib/domain/loop/plan';
import { retryJobs } from '@/lib/domain/loop/retry';
import { movingStates, retryStagesOf } from '@/lib/domain/loop/stages';
import { jobKindSchema, jobStateSchema } from '@/lib/domain/trainer/names';
import { AppError } from '@/lib/errors';
import { lockIterationRow, lockTurns, notifyIteration } from './cancel';
import { holdTrainer } from './require-trainer';

const jobsSchema = z.array(z.object({ id: z.uuid(), kind: jobKindSchema, state: jobStateSchema }));

const prepareJobs = async (tx: Transaction, iterationId: string, plan: Plan, from: RetryStage): Promise<void> => {
  const jobs = await tx.job.findMany({
    where: { iterationId, supersededAt: null },
    select: { id: true, kind: true, state: true },
  });
  const { superseded, resumed } = retryJobs(plan, from, jobsSchema.parse(jobs));
  await tx.job.updateMany({
    where: { id: { in: [...superseded] } },
    data: { supersededAt: new Date(), resumeRequested: false },
  });
  if (resumed !== null) await tx.job.update({ where: { id: resumed }, data: { resumeRequested: true } });
};

const readPlan = async (viewer: Viewer, id: string) => {
  const row = await db.iteration.findFirst({
    where: { id, ...visibleTo(viewer, engineers) },
    select: { projectId: true, plan: true, failedStage: true, trainerId: true, pairSetId: true },
  });
  if (!row) throw new AppError('not_found', 'Iteration not found, or your role does not allow this');
  const plan = planSchema.safeParse(row.plan);
  if (!plan.success) throw new AppError('conflict', 'No trainer moved this iteration, so there is nothing to retry');
  return { ...row, plan: plan.data };
};

/** Whether pairs are proposed and frozen again. */
const curatesAgain = (from: RetryStage): boolean => movingStates.indexOf(from) <= movingStates.indexOf('curate');

/**
 * Lets a failed or cancelled iteration go on from a stage. Engineers only.
 *
 * @throws AppError `not_found`; `conflict` when it is not over, did not come so far, or its run has another one under way.
 */
export const retryIteration = async (viewer: Viewer, id: string, from: RetryStage): Promise<void> => {
  const { projectId, plan, failedStage, trainerId } = await readPlan(viewer, id);
  if (trainerId === null) throw new AppError('conflict', 'Its trainer is no longer registered: launch a new iteration');
  if (!retryStagesOf(plan, failedStage).includes(from)) {
    throw new AppError(
      'conflict',
      `It cannot be retried from ${from}: it did not come so far, or its plan passes over it`,
    );
  }
  await db.$transaction(async (tx) => {
    await lockTurns(tx, projectId);
    await holdTrainer(tx, trainerId);
    const { state, runId } = await lockIterationRow(tx, viewer, id);
    if (state !== 'failed' && state !== 'cancelled') {
      throw new AppError('conflict', 'Only a failed or cancelled iteration can be retried');
    }
    const moving = await tx.iteration.findFirst({
      where: { runId, state: { in: [...movingStates] } },
      select: { k: true },
    });
    if (moving)
      throw new AppError('conflict', `Iteration ${moving.k} of this run is under way: wait for its end first`);
    await prepareJobs(tx, id, plan, from);
    await tx.iteration.update({
      where: { id },
      data: {
        state: from,
        failedStage: null,
        failedReason: null,
        cancelRequested: false,
        waitingFor: null,
        finishedAt: null,
        ...(curatesAgain(from) ? { proposedAt: null } : {}),
        ...(curatesAgain(from) && plan.curate ? { pairSetId: null } : {}),
      },
    });
    await notifyIteration(tx, projectId, id);
  });
};
