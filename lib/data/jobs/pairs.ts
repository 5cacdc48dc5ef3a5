import 'server-only';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import type { JobRecord } from './record';

const PAIRS_PER_BATCH = 200;

const rowSchema = z.object({
  position: z.int(),
  pair_id: z.uuid(),
  chosen: z.string(),
  rejected: z.string(),
  id: z.uuid(),
  kind: kindSchema,
  modality: modalitySchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  media_sha256: z.string().nullable(),
});
export type JobPair = z.infer<typeof rowSchema>;

/** Pairs of a DPO job's frozen set whose questions are in its data, in the order of the set. */
export async function* readJobPairs(job: JobRecord): AsyncGenerator<JobPair> {
  let after = -1;
  for (;;) {
    const { rows } = await pool.query(
      `SELECT i.position, i.pair_id, i.chosen, i.rejected, q.id, q.kind, q.modality, q.prompt, q.options, q.truth, asked.media_sha256
       FROM pair_set_item i JOIN pair_set s ON s.id = i.pair_set_id
       JOIN job_question asked ON asked.job_id = $1 AND asked.question_id = i.question_id
       JOIN question q ON q.id = i.question_id
       WHERE i.pair_set_id = $2 AND s.project_id = $3 AND i.position > $4 ORDER BY i.position LIMIT ${PAIRS_PER_BATCH}`,
      [job.id, job.pairSetId, job.projectId, after],
    );
    const pairs = z.array(rowSchema).parse(rows);
    yield* pairs;
    after = pairs.at(-1)?.position ?? after;
    if (pairs.length < PAIRS_PER_BATCH) return;
  }
}
