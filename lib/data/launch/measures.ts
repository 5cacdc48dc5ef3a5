import 'server-only';
/** How fast trainers were: seconds and units of work of the newest jobs. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import {
  type CheckpointSize,
  checkpointSizeSchema,
  type Measure,
  measureSchema,
} from '@/lib/domain/loop/measured-speed';

/** More than the newest few of each part nobody asks for. */
const NEWEST_JOBS = 60;

/** What the base weights of a run are called, where it has some: as `baseKey` of lib/domain/loop/measured-speed.ts. */
export const baseOfRun = (runId: string): string =>
  `(SELECT concat_ws(' ', model ->> 'source', model ->> 'name', model ->> 'job', model ->> 'seed', model ->> 'width',
    model ->> 'layers') FROM checkpoint WHERE checkpoint.run_id = ${runId} AND checkpoint.stage = 'base'
    ORDER BY checkpoint.created_at LIMIT 1)`;

/**
 * Of a job that succeeded: its own closing figures. Of one that runs: from its first to its last step, since what goes
 * before the first is loading. A job that was resumed reports its last attempt's seconds with all of its steps, so only
 * those that ran through are taken.
 */
const measuresSql = `
  WITH recent AS (
    SELECT job.id, job.kind, job.state, job.trainer_id, job.device, job.settings -> 'settings' AS settings,
           job.result, iteration.run_id, job.created_at
    FROM job JOIN iteration ON iteration.id = job.iteration_id
    WHERE job.project_id IN ${visibleProjects} AND job.trainer_id IS NOT NULL AND job.attempt = 1
      AND job.kind IN ('grpo', 'dpo', 'rollout', 'eval') AND job.state IN ('running', 'succeeded')
    ORDER BY job.created_at DESC, job.id LIMIT ${NEWEST_JOBS}
  ), stepped AS (
    SELECT recent.id, extract(epoch FROM max(job_metric.at) - min(job_metric.at))::float8 AS seconds,
           (max(job_metric.step) - min(job_metric.step))::float8 AS steps,
           sum((job_metric.values ->> 'sampleSeconds')::float8 + (job_metric.values ->> 'rewardSeconds')::float8) AS sampling,
           sum((job_metric.values ->> 'sampleSeconds')::float8 * (job_metric.values ->> 'samplesPerSecond')::float8) AS sampled
    FROM recent JOIN job_metric ON job_metric.job_id = recent.id GROUP BY recent.id
  ), unit AS (
    SELECT recent.*, stepped.seconds AS step_seconds, stepped.sampling, stepped.sampled, stepped.steps *
      CASE kind WHEN 'grpo' THEN (settings ->> 'globalBatch')::float8 / (settings ->> 'numIterations')::float8
                WHEN 'dpo' THEN (settings ->> 'globalBatch')::float8
                WHEN 'rollout' THEN (settings ->> 'questionBatch')::float8 * (settings ->> 'samplesPerQuestion')::float8
                ELSE (settings ->> 'questionBatch')::float8 END AS step_units
    FROM recent LEFT JOIN stepped ON stepped.id = recent.id
  ), measured AS (
    SELECT id, run_id, trainer_id, device, created_at, state = 'succeeded' AS finished,
           CASE kind WHEN 'grpo' THEN 'explore' WHEN 'dpo' THEN 'align' WHEN 'rollout' THEN 'sample' ELSE 'evaluate' END AS part,
           CASE state WHEN 'succeeded' THEN (result ->> 'seconds')::float8 ELSE step_seconds END AS seconds,
           CASE WHEN state <> 'succeeded' THEN step_units
                WHEN kind = 'dpo' THEN least((result ->> 'steps')::float8 * (settings ->> 'globalBatch')::float8,
                                             (result ->> 'pairs')::float8 * (settings ->> 'epochs')::float8)
                ELSE (result ->> 'rollouts')::float8 END AS units
    FROM unit
    UNION ALL
    SELECT id, run_id, trainer_id, device, created_at, state = 'succeeded', 'sample', sampling, sampled
    FROM unit WHERE kind = 'grpo'
  )
  SELECT trainer_id AS "trainerId", run_id AS "runId", ${baseOfRun('measured.run_id')} AS base, part, device, finished,
         seconds, units
  FROM measured WHERE seconds > 0 AND units > 0 ORDER BY created_at DESC, id`;

/** Newest first. */
export const listMeasures = async (viewer: Viewer): Promise<Measure[]> => {
  const { rows } = await pool.query(measuresSql, projectValues(viewer));
  return z.array(measureSchema).parse(rows);
};

/** Sizes of final checkpoints, newest first. */
export const listCheckpointSizes = async (viewer: Viewer): Promise<CheckpointSize[]> => {
  const { rows } = await pool.query(
    `SELECT trainer_id AS "trainerId", run_id AS "runId", ${baseOfRun('made.run_id')} AS base, bytes::float8 AS bytes
     FROM checkpoint AS made
     WHERE project_id IN ${visibleProjects} AND trainer_id IS NOT NULL AND bytes > 0
     ORDER BY created_at DESC, id LIMIT ${NEWEST_JOBS}`,
    projectValues(viewer),
  );
  return z.array(checkpointSizeSchema).parse(rows);
};
