import 'server-only';
import { randomUUID } from 'node:crypto';
import type { db, Transaction } from '@/lib/data/db';
import type { JobStage } from '@/lib/domain/job';
import type { JobOrder } from '@/lib/domain/loop/job-order';
import { type JobRecord, recordOf, recordSelect } from './record';

type NewJob = {
  readonly projectId: string;
  readonly iterationId: string;
  /** Null while a recording is played. */
  readonly trainerId: string | null;
  /** The weights it starts from. */
  readonly checkpointId: string;
  /** The frozen set of a DPO job; null for the others. */
  readonly pairSetId: string | null;
  readonly stage: JobStage;
  readonly order: JobOrder;
};

/**
 * Writes a job's row, with the id that its trainer will know it by, before anybody asks for it: `submitJob` does that.
 * The caller marks the job of this kind that it takes the place of, in the same transaction.
 */
export const createJob = async (client: Transaction | typeof db, job: NewJob): Promise<JobRecord> => {
  const { order, ...row } = job;
  const created = await client.job.create({
    data: { id: randomUUID(), ...row, kind: order.kind, state: 'queued', settings: order },
    select: recordSelect,
  });
  return recordOf(created);
};
