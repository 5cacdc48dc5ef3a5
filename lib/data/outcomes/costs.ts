import 'server-only';
/** What the jobs of a run took, by what their trainers logged of themselves; lib/domain/outcomes/cost.ts says what counts. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  type Costs,
  type IterationCost,
  iterationCostSchema,
  type JobCost,
  jobCostSchema,
} from '@/lib/domain/outcomes/cost';

/** A figure of a trainer, null for what is no amount: it may say anything, and sums of what it says must not overflow. */
const amount = (text: string): string => `(CASE WHEN (${text})::float8 >= 0 THEN least((${text})::float8, 1e12) END)`;

const figure = (name: string): string => amount(`metric.values ->> '${name}'`);
const closing = (name: string): string => amount(`job.result ->> '${name}'`);
const setting = (name: string): string => amount(`job.settings -> 'settings' ->> '${name}'`);

const ranThrough = `(job.state = 'succeeded' AND job.attempt = 1)`;

/** Superseded ones too, in the order they were made. */
const listJobCosts = async (viewer: Viewer, runId: string): Promise<JobCost[]> => {
  const { rows } = await countQuery(
    `WITH job AS MATERIALIZED (
       SELECT job.*, turn.k FROM job JOIN iteration AS turn ON turn.id = job.iteration_id
       WHERE turn.run_id = ${visibleRun}
     ), point AS (
       SELECT metric.job_id, metric.phase, metric.step,
              coalesce(${figure('trainSeconds')}, 0) + coalesce(${figure('stepSeconds')}, 0) AS own,
              ${figure('sampleSeconds')} AS sampling, coalesce(${figure('rewardSeconds')}, 0) AS scoring
       FROM job JOIN job_metric AS metric ON metric.job_id = job.id
     ), turned AS (
       -- Steps of one GRPO turn share its sampling, and each reports it: as in lib/domain/job-points.ts, it counts once.
       SELECT job_id, own + CASE WHEN sampling = lag(sampling) OVER step_before AND scoring = lag(scoring) OVER step_before
                                 THEN 0 ELSE coalesce(sampling, 0) + scoring END AS seconds
       FROM point WINDOW step_before AS (PARTITION BY job_id, phase ORDER BY step)
     ), logged AS (
       SELECT job_id, sum(seconds) AS seconds FROM turned GROUP BY 1
     ), counted AS (
       SELECT job.*, nullif(CASE WHEN ${ranThrough} THEN coalesce(${closing('seconds')}, logged.seconds)
                                 ELSE greatest(logged.seconds, ${closing('seconds')}) END, 0) AS seconds,
              nullif(CASE
                WHEN job.kind = 'dpo' AND job.state = 'succeeded' THEN
                  least(${closing('steps')} * ${setting('globalBatch')}, ${closing('pairs')} * ${setting('epochs')})
                WHEN job.kind = 'dpo' THEN
                  least(job.step * ${setting('globalBatch')}, job.data_count * ${setting('epochs')})
                WHEN job.kind = 'sft' THEN NULL
                WHEN ${ranThrough} THEN coalesce(${closing('rollouts')}, job.rollouts)
                ELSE job.rollouts END, 0) AS units
       FROM job LEFT JOIN logged ON logged.job_id = job.id
     )
     SELECT job.id AS "jobId", job.iteration_id AS "iterationId", job.k, job.kind, job.stage, job.state,
            job.superseded_at IS NOT NULL AS superseded, job.attempt, job.device, job.step AS steps, job.seconds,
            CASE WHEN job.state IN ('succeeded', 'failed', 'cancelled') AND job.finished_at IS NOT NULL AND job.started_at IS NOT NULL
                 THEN greatest(extract(epoch FROM job.finished_at - job.started_at), 0)::float8 END AS "clockSeconds",
            job.units,
            CASE WHEN job.kind = 'grpo' THEN job.units / nullif(${setting('samplesPerQuestion')}, 0) END AS questions
     FROM counted AS job ORDER BY job.k, job.created_at, job.id`,
    runValues(viewer, runId),
  );
  return z.array(jobCostSchema).parse(rows);
};

/**
 * The studio's clock knows when it verified and when a set was frozen. A replay gives its iteration the times of the
 * recording, so that what the studio did while it was played lies outside of them and is left out.
 */
const listIterationCosts = async (viewer: Viewer, runId: string): Promise<IterationCost[]> => {
  const { rows } = await countQuery(
    `WITH turn AS MATERIALIZED (
       SELECT iteration.*, coalesce(iteration.finished_at, 'infinity') AS until FROM iteration
       WHERE iteration.run_id = ${visibleRun}
     )
     SELECT turn.id AS "iterationId", turn.k, turn.plan IS NULL AS imported,
            CASE WHEN turn.trainer_id IS NOT NULL AND turn.proposed_at >= turn.created_at AND sets.created_at <= turn.until
                 THEN greatest(extract(epoch FROM sets.created_at - turn.proposed_at), 0)::float8 END AS "curateSeconds",
            (SELECT sum(extract(epoch FROM task.finished_at - task.started_at))::float8 FROM task
             WHERE task.project_id = turn.project_id AND task.kind = 'verify' AND task.state = 'done'
               AND task.payload ->> 'iterationId' = turn.id::text
               AND task.started_at >= turn.created_at AND task.finished_at <= turn.until) AS "verifySeconds"
     FROM turn LEFT JOIN pair_set AS sets ON sets.id = turn.pair_set_id AND sets.iteration_id = turn.id
     ORDER BY turn.k`,
    runValues(viewer, runId),
  );
  return z.array(iterationCostSchema).parse(rows);
};

/** Nothing for a run that the viewer may not see. */
export const listCosts = async (viewer: Viewer, runId: string): Promise<Costs> => {
  const [jobs, iterations] = await Promise.all([listJobCosts(viewer, runId), listIterationCosts(viewer, runId)]);
  return { jobs, iterations };
};
