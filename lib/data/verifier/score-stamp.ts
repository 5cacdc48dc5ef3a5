import 'server-only';
/** Whether the scores that a snapshot holds are still all there are, found out without counting them. */
import { z } from 'zod';
import type { WhatIfTarget } from './what-if-target';

type Queryable = { readonly query: (text: string, values: unknown[]) => Promise<{ readonly rows: unknown[] }> };

/** Verdicts of one reading never change, they only come; those of a transaction under way may come with an older time. */
const LATE = `interval '10 seconds'`;

const READING = `
  WITH newest AS (SELECT max(created_at) AS at FROM verdict WHERE reading_id = $1)
  SELECT concat_ws(' ', newest.at, (SELECT count(*) FROM verdict WHERE reading_id = $1 AND created_at >= newest.at - ${LATE}),
           (SELECT concat(count(*), '/', count(*) FILTER (WHERE consistency <> 'undetermined'), '/', max(created_at))
            FROM judgement WHERE judge_id = $2 AND reading_id = $1)) AS all, newest.at::text AS newest
  FROM newest`;
const OWN = `
  SELECT concat_ws(' ', (
    SELECT count(*) FROM verdict v JOIN rollout r ON r.id = v.rollout_id
    WHERE v.reading_id = $1 AND v.created_at >= coalesce($3::timestamptz, '-infinity') - ${LATE}
      AND r.run_id = $4 AND ($5::uuid IS NULL OR r.iteration_id = $5)
  ), (
    SELECT concat(count(*), '/', count(*) FILTER (WHERE j.consistency <> 'undetermined'), '/', max(j.created_at))
    FROM judgement j JOIN rollout r ON r.id = j.rollout_id
    WHERE j.judge_id = $2 AND j.reading_id = $1 AND r.run_id = $4 AND ($5::uuid IS NULL OR r.iteration_id = $5)
  )) AS own`;

const readingSchema = z.object({ all: z.string(), newest: z.string().nullable() });
const ownSchema = z.object({ own: z.string() });

export type Stamp = {
  /** Of the whole reading: cheap. */
  readonly all: string;
  /** The newest verdict when the snapshot was read. */
  readonly newest: string | null;
  /** Of the target's own rollouts, from about then on. */
  readonly own: string;
};

const readReading = async (client: Queryable, target: WhatIfTarget) => {
  const { rows } = await client.query(READING, [target.readingId, target.judgeId]);
  return readingSchema.parse(rows[0]);
};

const readOwn = async (client: Queryable, target: WhatIfTarget, newest: string | null): Promise<string> => {
  const { readingId, judgeId, runId, iterationId } = target;
  const { rows } = await client.query(OWN, [readingId, judgeId, newest, runId, iterationId]);
  return ownSchema.parse(rows[0]).own;
};

/** To be read in the transaction that reads the scores. */
export const readStamp = async (client: Queryable, target: WhatIfTarget): Promise<Stamp> => {
  const { all, newest } = await readReading(client, target);
  return { all, newest, own: await readOwn(client, target, newest) };
};

/** The stamp of now when nothing came for the target's own rollouts since `stamp`, else undefined. */
export const renewStamp = async (client: Queryable, target: WhatIfTarget, stamp: Stamp): Promise<Stamp | undefined> => {
  const { all } = await readReading(client, target);
  if (all === stamp.all) return stamp;
  return (await readOwn(client, target, stamp.newest)) === stamp.own ? { ...stamp, all } : undefined;
};
