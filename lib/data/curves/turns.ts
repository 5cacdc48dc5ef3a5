import 'server-only';
/** Runs with what their launches decided: which iterations explore, from which weights, and which jobs sampled. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';

const turnSchema = z.object({
  id: z.uuid(),
  k: z.int(),
  plan: z.unknown(),
  startStage: z.string().nullable(),
  /** Sources of its exploring jobs, when others of the same stage sample too. */
  sources: z.array(z.string()),
});
const runSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  base: z.unknown(),
  turns: z.array(turnSchema),
});

export type KnownRun = z.infer<typeof runSchema>;

/** What the policy was made from: the run's base checkpoint, or what an import called it. */
const baseOf = `coalesce((
  SELECT checkpoint.model FROM checkpoint WHERE checkpoint.run_id = run.id AND checkpoint.stage = 'base' LIMIT 1
), to_jsonb(run.base_checkpoint))`;

/** Iterations that may have rollouts with steps: imported ones, and those whose plan explores. */
const turnsOf = (sources: string) => `coalesce((
  SELECT jsonb_agg(jsonb_build_object('id', turn.id, 'k', turn.k, 'plan', turn.plan, 'startStage', started.stage,
                                      'sources', ${sources}) ORDER BY turn.k)
  FROM iteration AS turn LEFT JOIN checkpoint AS started ON started.id = turn.start_checkpoint_id
  WHERE turn.run_id = run.id AND (turn.plan IS NULL OR jsonb_typeof(turn.plan -> 'explore') = 'object')
), '[]')`;

/** A job that samples once more reports step 0 of the same stage: beside it, GRPO's own are told by their source. */
const exploringSources = `CASE WHEN EXISTS (SELECT FROM job WHERE job.iteration_id = turn.id AND job.kind = 'rollout')
  THEN (SELECT coalesce(jsonb_agg('job ' || job.id), '[]') FROM job WHERE job.iteration_id = turn.id AND job.kind = 'grpo')
  ELSE '[]'::jsonb END`;

/** Those that the viewer may see, in the order of the ids. */
export const listKnownRuns = async (viewer: Viewer, runIds: readonly string[]): Promise<KnownRun[]> => {
  const { rows } = await pool.query(
    `SELECT run.id, run.name, ${baseOf} AS base, ${turnsOf(exploringSources)} AS turns
     FROM unnest($3::uuid[]) WITH ORDINALITY AS asked(id, place) JOIN run ON run.id = asked.id
     JOIN member ON member.project_id = run.project_id AND member.user_id = $1
       AND ($2::uuid IS NULL OR run.project_id = $2)
     ORDER BY asked.place`,
    [viewer.userId, viewer.projectId ?? null, runIds],
  );
  return rows.map((row) => runSchema.parse(row));
};

/** Runs that are looked through for a partner. */
const MOST_CANDIDATES = 200;

/** The newest runs beside this one in its project that have a plan that explores. */
export const listCandidates = async (viewer: Viewer, runId: string): Promise<KnownRun[]> => {
  const { rows } = await pool.query(
    `SELECT run.id, run.name, ${baseOf} AS base, ${turnsOf("'[]'::jsonb")} AS turns
     FROM run AS here JOIN member ON member.project_id = here.project_id AND member.user_id = $2
       AND ($3::uuid IS NULL OR here.project_id = $3)
     JOIN run ON run.project_id = here.project_id AND run.id <> here.id
     WHERE here.id = $1
       AND EXISTS (SELECT FROM iteration WHERE iteration.run_id = run.id AND jsonb_typeof(iteration.plan -> 'explore') = 'object')
     ORDER BY run.created_at DESC, run.id LIMIT ${MOST_CANDIDATES}`,
    [runId, viewer.userId, viewer.projectId ?? null],
  );
  return rows.map((row) => runSchema.parse(row));
};
