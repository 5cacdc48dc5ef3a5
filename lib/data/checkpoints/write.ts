import 'server-only';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { db, Transaction } from '@/lib/data/db';
import type { ModelRef } from '@/lib/domain/trainer/job';

type BaseCheckpoint = {
  readonly projectId: string;
  readonly runId: string;
  /** Null: the weights lie on none. */
  readonly trainerId: string | null;
  readonly model: ModelRef;
};

/** The weights that a new run starts from; returns their id. */
export const createBaseCheckpoint = async (
  client: Transaction | typeof db,
  checkpoint: BaseCheckpoint,
): Promise<string> => {
  const { id } = await client.checkpoint.create({
    data: { id: randomUUID(), ...checkpoint, stage: 'base', step: 0 },
    select: { id: true },
  });
  return id;
};

type Published = { readonly name: string; readonly step: number; readonly bytes: number };

/**
 * The weights that a job published, as the child of those it started from. The same name twice is one checkpoint.
 * Returns whether it is new.
 */
export const insertCheckpoint = async (client: PoolClient, jobId: string, published: Published): Promise<boolean> => {
  const model: ModelRef = { source: 'checkpoint', job: jobId, name: published.name };
  const { rowCount } = await client.query(
    `INSERT INTO checkpoint (id, project_id, run_id, iteration_id, parent_id, trainer_id, stage, step, model, job_id, bytes)
     SELECT $2, job.project_id, iteration.run_id, job.iteration_id, job.checkpoint_id, job.trainer_id, job.stage, $3, $4, job.id, $5
     FROM job JOIN iteration ON iteration.id = job.iteration_id WHERE job.id = $1
     ON CONFLICT (job_id, (model ->> 'name')) DO NOTHING`,
    [jobId, randomUUID(), published.step, JSON.stringify(model), published.bytes],
  );
  return rowCount === 1;
};
