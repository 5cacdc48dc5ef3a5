import 'server-only';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type JobMetrics, metricPointSchema } from '@/lib/domain/job';
import { thinPoints } from '@/lib/domain/loop/thin-points';
import { AppError } from '@/lib/errors';

/** Points of one phase that cross; a chart is not as wide. */
const MOST_POINTS = 2_000;
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
 * A job's figures by phase and step, in order. Of a phase with more than 2,000 points those are kept that hold an end, a
 * peak or a dip of any figure. Throws `not_found` for foreign jobs too.
 */
export const getJobMetrics = async (viewer: Viewer, jobId: string): Promise<JobMetrics> => {
  await requireJob(viewer, jobId);
  const { rows } = await pool.query(
    `SELECT phase, step, values FROM job_metric WHERE job_id = $1 ORDER BY phase, step LIMIT ${MAX_ROWS}`,
    [jobId],
  );
  const points = z.array(metricPointSchema).parse(rows);
  const phases = Map.groupBy(points, ({ phase }) => phase);
  return {
    points: [...phases.values()].flatMap((ofPhase) => thinPoints(ofPhase, MOST_POINTS)),
    count: points.length,
  };
};
