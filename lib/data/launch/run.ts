import 'server-only';
/** The run that a launch continues, and the weights it can start from. */
import { z } from 'zod';
import { defaultStart } from '@/lib/data/checkpoints/start';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import {
  type CheckpointChoice,
  checkpointChoiceSchema,
  type RunChoice,
  runChoiceSchema,
} from '@/lib/domain/loop/launch-choices';
import { planSchema } from '@/lib/domain/loop/plan';
import { movingStates } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import { baseOfRun } from './measures';

const MAX_CHECKPOINTS = 200;

const yieldSchema = z.object({ groups: z.int(), pairs: z.int() });

/** Of the newest iteration that has pairs. */
const pairYieldOf = async (runId: string): Promise<RunChoice['pairYield']> => {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*)::int FROM rollout_group WHERE rollout_group.run_id = $1
               AND rollout_group.iteration_id = latest.id AND rollout_group.stage IN ('activation', 'grpo')) AS groups,
            (SELECT count(*)::int FROM pair WHERE pair.iteration_id = latest.id) AS pairs
     FROM (
       SELECT iteration.id FROM iteration
       WHERE iteration.run_id = $1 AND EXISTS (SELECT 1 FROM pair WHERE pair.iteration_id = iteration.id)
       ORDER BY iteration.k DESC LIMIT 1
     ) AS latest`,
    [runId],
  );
  const [found] = z.array(yieldSchema).parse(rows);
  return found && found.groups > 0 ? found : null;
};

const baseSchema = z.object({ base: z.string().nullable() });

/** Throws `not_found` for foreign runs too. */
export const getRunChoice = async (viewer: Viewer, runId: string): Promise<RunChoice> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer) },
    select: {
      id: true,
      name: true,
      projectId: true,
      iterations: {
        orderBy: { k: 'desc' },
        take: 1_000,
        select: { id: true, k: true, state: true, plan: true, trainerId: true },
      },
    },
  });
  if (!run) throw new AppError('not_found', 'Run not found');
  const { projectId, iterations, ...named } = run;
  const [start, pairYield, based] = await Promise.all([
    defaultStart(projectId, runId),
    pairYieldOf(runId),
    pool.query(`SELECT ${baseOfRun('$1')} AS base`, [runId]),
  ]);
  const moving = iterations.find(({ state }) => movingStates.some((each) => each === state));
  // A plan of an older studio that this one cannot read is no default.
  const planned = iterations.flatMap(({ k, plan, trainerId }) => {
    const parsed = planSchema.safeParse(plan);
    return parsed.success ? [{ k, trainerId, plan: parsed.data }] : [];
  });
  return runChoiceSchema.parse({
    ...named,
    nextK: (iterations[0]?.k ?? -1) + 1,
    moving: moving ? { id: moving.id, k: moving.k } : null,
    startCheckpointId: start?.id ?? null,
    base: baseSchema.parse(based.rows[0]).base,
    previous: planned[0] ?? null,
    pairYield,
  });
};

/** Weights that something can start from, those of the run first, newest first. */
export const listCheckpointChoices = async (viewer: Viewer, runId: string | null): Promise<CheckpointChoice[]> => {
  const { rows } = await pool.query(
    `SELECT checkpoint.id, jsonb_build_object('id', run.id, 'name', run.name) AS run, checkpoint.stage, iteration.k, iteration.state,
            checkpoint.step, checkpoint.model ->> 'name' AS model,
            checkpoint.model ->> 'source' AS source, checkpoint.trainer_id AS "trainerId",
            to_char(checkpoint.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
     FROM checkpoint JOIN run ON run.id = checkpoint.run_id
     LEFT JOIN iteration ON iteration.id = checkpoint.iteration_id
     LEFT JOIN job ON job.id = checkpoint.job_id
     WHERE checkpoint.project_id IN ${visibleProjects} AND checkpoint.kept AND job.superseded_at IS NULL
     ORDER BY (run.id = $3) DESC NULLS LAST, checkpoint.created_at DESC, checkpoint.id LIMIT ${MAX_CHECKPOINTS}`,
    [...projectValues(viewer), runId],
  );
  return z.array(checkpointChoiceSchema).parse(rows);
};
