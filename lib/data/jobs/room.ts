import 'server-only';
/** How much of one job is kept: a trainer gone wrong writes for ever, and a disk has an end. */
import type { PoolClient } from 'pg';

/** No screen shows as many; weeks of training stay below. */
const mostRows = { job_log: 100_000, job_metric: 100_000 } as const;

/** How many more rows of this table a job may have. Counts in the index, and no further than that. */
export const roomFor = async (client: PoolClient, table: keyof typeof mostRows, jobId: string): Promise<number> => {
  const most = mostRows[table];
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM ${table} WHERE job_id = $1 LIMIT ${most}) AS kept`,
    [jobId],
  );
  return most - (rows[0]?.count ?? 0);
};
