import 'server-only';
import { db, type Transaction } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import type { RetryStage } from '@/lib/domain/iteration';
import { planSchema } from '@/lib/domain/loop/plan';
import { movingStates, retryStagesOf, slotKind, slotsOf } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import { lockIterationRow, notifyIteration } from './cancel';

/**
 * Prepares the jobs for another go from a stage: those of later stages count no more. Of its own, what succeeded stands
 * as long as something after it did not; the first that did not is to be taken on; where all succeeded, all are made
 * again. A job that still runs on the trainer is followed on.
 */
const prepareJobs = async (tx: Transaction, iterationId: string, from: RetryStage): Promise<void> => {
  const jobs = await tx.job.findMany({
    where: { iterationId, supersededAt: null },
    select: { id: true, kind: true, state: true },
  });
  const slots = movingStates.slice(movingStates.indexOf(from)).flatMap((state) => slotsOf[state]);
  const here = slotsOf[from].map((slot) => jobs.find(({ kind }) => kind === slotKind[slot]));
  const broken = here.findIndex((job) => job !== undefined && job.state !== 'succeeded');
  const missing = here.some((job) => job === undefined);
  const kept = new Set((broken !== -1 ? here.slice(0, broken + 1) : missing ? here : []).map((job) => job?.id));
  const kinds = new Set<string>(slots.map((slot) => slotKind[slot]));
  const replaced = jobs.filter(({ id, kind }) => kinds.has(kind) && !kept.has(id));
  await tx.job.updateMany({
    where: { id: { in: replaced.map(({ id }) => id) } },
    data: { supersededAt: new Date(), resumeRequested: false },
  });
  const resumed = broken === -1 ? undefined : here[broken];
  if (resumed?.state === 'failed' || resumed?.state === 'cancelled') {
    await tx.job.update({ where: { id: resumed.id }, data: { resumeRequested: true } });
  }
};

const readPlan = async (viewer: Viewer, id: string) => {
  const row = await db.iteration.findFirst({
    where: { id, ...visibleTo(viewer, engineers) },
    select: { plan: true, failedStage: true, trainerId: true, pairSetId: true },
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
  const { plan, failedStage, trainerId } = await readPlan(viewer, id);
  if (trainerId === null) throw new AppError('conflict', 'Its trainer is no longer registered: launch a new iteration');
  if (!retryStagesOf(plan, failedStage).includes(from)) {
    throw new AppError(
      'conflict',
      `It cannot be retried from ${from}: it did not come so far, or its plan passes over it`,
    );
  }
  await db.$transaction(async (tx) => {
    const { state, projectId, runId } = await lockIterationRow(tx, viewer, id);
    if (state !== 'failed' && state !== 'cancelled') {
      throw new AppError('conflict', 'Only a failed or cancelled iteration can be retried');
    }
    const moving = await tx.iteration.findFirst({
      where: { runId, state: { in: [...movingStates] } },
      select: { k: true },
    });
    if (moving)
      throw new AppError('conflict', `Iteration ${moving.k} of this run is under way: wait for its end first`);
    await prepareJobs(tx, id, from);
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
