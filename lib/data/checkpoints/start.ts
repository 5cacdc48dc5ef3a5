import 'server-only';
/** The weights that an iteration starts from. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { type ModelRef, modelSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';

export type StartCheckpoint = {
  readonly id: string;
  readonly trainerId: string | null;
  readonly model: ModelRef;
  /** False for weights of a recorded run that nobody kept: nothing can start from them. */
  readonly kept: boolean;
};

const rowSchema = z.object({ id: z.uuid(), trainerId: z.uuid().nullable(), model: modelSchema, kept: z.boolean() });

/** Of one iteration the later stage is newer. */
const newestFirst = `coalesce(i.k, -1) DESC, array_position(ARRAY['base', 'activation', 'grpo', 'dpo'], c.stage) DESC,
  c.created_at DESC, c.id`;

const choose = async (condition: string, values: readonly string[]): Promise<StartCheckpoint | undefined> => {
  const { rows } = await pool.query(
    `SELECT c.id, c.trainer_id AS "trainerId", c.model, c.kept
     FROM checkpoint c LEFT JOIN iteration i ON i.id = c.iteration_id LEFT JOIN job j ON j.id = c.job_id
     WHERE c.project_id = $1 AND ${condition} ORDER BY ${newestFirst} LIMIT 1`,
    [...values],
  );
  return z.array(rowSchema).parse(rows)[0];
};

/**
 * The weights that a run goes on from where nobody names others: the newest that a finished iteration of it made, else
 * its base; undefined when it has none. What a failed or cancelled iteration left is taken only when it is named.
 */
export const defaultStart = (projectId: string, runId: string): Promise<StartCheckpoint | undefined> =>
  choose(`c.run_id = $2 AND (c.stage = 'base' OR i.state IN ('done', 'imported')) AND j.superseded_at IS NULL`, [
    projectId,
    runId,
  ]);

/**
 * The checkpoint with this id; without one, what the run goes on from.
 *
 * @throws AppError `not_found` for a checkpoint of another project, `conflict` for a run that has no weights.
 */
export const findStartCheckpoint = async (
  projectId: string,
  runId: string,
  checkpointId: string | null,
): Promise<StartCheckpoint> => {
  const found =
    checkpointId === null ? await defaultStart(projectId, runId) : await choose('c.id = $2', [projectId, checkpointId]);
  if (found) return found;
  if (checkpointId !== null)
    throw new AppError('not_found', 'This checkpoint is not there: choose another one to start from');
  throw new AppError(
    'conflict',
    'This run has no weights to go on from, since its rollouts were imported: choose a checkpoint, or begin a new run',
  );
};
