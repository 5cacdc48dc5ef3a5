import 'server-only';
/** The jobs of an iteration as the loop makes, resumes and gives them up. */
import { z } from 'zod';
import { finalCheckpoint, getCheckpoint } from '@/lib/data/checkpoints/read';
import { db, pool } from '@/lib/data/db';
import { createJob } from '@/lib/data/jobs/create';
import { jobOrder, slotStage } from '@/lib/domain/loop/job-order';
import { type JobSlot, type MovingState, slotKind } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import type { LoopState } from './loop-state';

/** Whose weights each job starts from: those of the first of these jobs that the plan has, else the iteration's own. */
const before: Readonly<Record<JobSlot, readonly JobSlot[]>> = {
  explore: [],
  sample: ['explore'],
  align: ['explore'],
  evaluate: ['align', 'explore'],
};

const startOf = async (loop: LoopState, slot: JobSlot): Promise<string> => {
  const from = before[slot].find((one) => loop.plan[one] !== null);
  if (from === undefined) {
    if (loop.startCheckpointId === null)
      throw new AppError('conflict', 'The weights it starts from are no longer known.');
    return (await getCheckpoint(loop.projectId, loop.startCheckpointId)).id;
  }
  const job = loop.jobs.find(({ kind }) => kind === slotKind[from]);
  const made = job && (await finalCheckpoint(loop.projectId, job.id));
  if (made) return made.id;
  throw new AppError(
    'conflict',
    `Its ${slotKind[from]} job ended without weights to go on from. Retry from ${slotStage(loop.plan, from)}.`,
  );
};

const lockedSchema = z.array(z.object({ state: z.string(), cancel_requested: z.boolean() }));

/**
 * Writes the row of a slot's job, unless it is there, or the iteration has moved on or is to end: whoever cancels at
 * this moment waits for the row, and then finds the job. Throws `conflict` when there are no weights to start from.
 */
export const createSlotJob = async (loop: LoopState, from: MovingState, slot: JobSlot): Promise<void> => {
  const { iterationId, projectId, trainerId, plan } = loop;
  const order = jobOrder(plan, slot);
  if (!order) throw new Error(`the plan has no ${slot}`);
  const checkpointId = await startOf(loop, slot);
  await db.$transaction(async (tx) => {
    const [row] = lockedSchema.parse(
      await tx.$queryRaw`SELECT state, cancel_requested FROM iteration WHERE id = ${iterationId}::uuid FOR NO KEY UPDATE`,
    );
    if (row?.state !== from || row.cancel_requested) return;
    const known = await tx.job.findFirst({
      where: { iterationId, kind: slotKind[slot], supersededAt: null },
      select: { id: true },
    });
    if (known) return;
    await createJob(tx, {
      projectId,
      iterationId,
      trainerId,
      checkpointId,
      pairSetId: slot === 'align' ? loop.pairSetId : null,
      stage: slotStage(plan, slot),
      order,
    });
  });
};

/** The trainer has taken it up again: it is followed from where its log was stored to. */
export const markResumed = async (jobId: string): Promise<void> => {
  await pool.query(
    `UPDATE job SET resume_requested = false, state = 'queued', error = NULL, finished_at = NULL
     WHERE id = $1 AND resume_requested`,
    [jobId],
  );
};

/** The trainer cannot go on with it: another job is to take its place. */
export const supersedeJob = async (jobId: string): Promise<void> => {
  await pool.query(
    'UPDATE job SET superseded_at = now(), resume_requested = false WHERE id = $1 AND superseded_at IS NULL',
    [jobId],
  );
};

/** Ends a job that no trainer will end: refused, unknown to it, or another log than the one we read before. */
export const endJobHere = async (jobId: string, state: 'failed' | 'cancelled', error: string): Promise<void> => {
  await pool.query(
    `UPDATE job SET state = $2, error = $3, finished_at = now() WHERE id = $1 AND state IN ('queued', 'running')`,
    [jobId, state, error],
  );
};
