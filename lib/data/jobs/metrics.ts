import 'server-only';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type JobMetrics, jobMetricsSchema, type MetricCursor } from '@/lib/domain/job';
import { thinPhases } from '@/lib/domain/loop/thin-points';
import { AppError } from '@/lib/errors';

/** No job has so many steps that are worth a chart. */
const MAX_ROWS = 200_000;

/** Throws `not_found` for foreign jobs too. */
export const requireJob = async (viewer: Viewer, jobId: string): Promise<void> => {
  const { rowCount } = await pool.query(`SELECT 1 FROM job WHERE id = $3 AND project_id IN ${visibleProjects}`, [
    ...projectValues(viewer),
    jobId,
  ]);
  if (rowCount === 0) throw new AppError('not_found', 'Job not found');
};

/**
 * A job's figures after the steps of a cursor, by phase and step, in order. Of a phase with more than 2,000 points those
 * are kept that hold an end, a peak or a dip of any figure. Throws `not_found` for foreign jobs too.
 */
export const getJobMetrics = async (viewer: Viewer, jobId: string, after: MetricCursor = {}): Promise<JobMetrics> => {
  await requireJob(viewer, jobId);
  // One statement, so that the count and the points are of one moment.
  const { rows } = await pool.query(
    `WITH seen AS (SELECT * FROM unnest($2::text[], $3::bigint[]) AS seen (phase, step)),
     fresh AS (
       SELECT phase, metric.step, metric.values FROM job_metric AS metric LEFT JOIN seen USING (phase)
       WHERE job_id = $1 AND metric.step > coalesce(seen.step, -1) ORDER BY 1, 2 LIMIT ${MAX_ROWS}
     )
     SELECT (SELECT count(*)::int FROM job_metric WHERE job_id = $1) AS count,
            (SELECT coalesce(json_agg(fresh ORDER BY phase, step), '[]') FROM fresh) AS points`,
    [jobId, Object.keys(after), Object.values(after)],
  );
  const { points, count } = jobMetricsSchema.parse(rows[0]);
  return { points: thinPhases(points), count };
};
