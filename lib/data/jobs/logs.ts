import 'server-only';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { type JobLogs, logLineSchema } from '@/lib/domain/job';
import { requireJob } from './metrics';

export const logPageSchema = z.object({
  /** Lines with a smaller seq; without it the newest. */
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

const rowSchema = logLineSchema.extend({
  seq: z.coerce.number(),
  at: z.date().transform((at) => at.toISOString()),
});

/** A page of a job's log, newest first. Throws `not_found` for foreign jobs too. */
export const getJobLogs = async (
  viewer: Viewer,
  jobId: string,
  { before, limit }: z.infer<typeof logPageSchema>,
): Promise<JobLogs> => {
  await requireJob(viewer, jobId);
  const { rows } = await pool.query(
    `SELECT seq, at, level, message, question_id AS "questionId" FROM job_log
     WHERE job_id = $1 AND ($2::bigint IS NULL OR seq < $2) ORDER BY seq DESC LIMIT $3`,
    [jobId, before ?? null, limit + 1],
  );
  return { lines: z.array(rowSchema).parse(rows.slice(0, limit)), more: rows.length > limit };
};
