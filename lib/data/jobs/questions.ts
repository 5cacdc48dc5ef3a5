import 'server-only';
/** The questions of a job's data: chosen and looked at once, then always the same. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { inTransaction } from '@/lib/data/transaction';
import { mediaStateSchema } from '@/lib/domain/media';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { insertLogLines } from './log-lines';
import type { JobRecord } from './record';

const QUESTIONS_PER_BATCH = 500;

const rowSchema = z.object({
  id: z.uuid(),
  key: z.string(),
  kind: kindSchema,
  modality: modalitySchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  /** As its file stated it. */
  media_path: z.string().nullable(),
  /** The file that was found for it; null when none was looked for. */
  media_state: mediaStateSchema.nullable(),
  media_sentence: z.string().nullable(),
  root_path: z.string().nullable(),
  rel_path: z.string().nullable(),
});
export type JobQuestion = z.infer<typeof rowSchema>;

const columns = `q.id, q.key, q.kind, q.modality, q.prompt, q.options, q.truth, q.media_path, m.state AS media_state,
  m.sentence AS media_sentence, r.path AS root_path, m.rel_path`;
const joins = 'LEFT JOIN media m ON m.id = q.media_id LEFT JOIN media_root r ON r.id = m.root_id';

/** A digest decides who is among the most, so that the same seed asks the same questions and no part of a set is favoured. */
const choose = `SELECT q.id, q.seq FROM question q WHERE q.project_id = $1 AND q.question_set_id = ANY($2::uuid[])
  AND NOT q.id = ANY($3::uuid[]) ORDER BY md5($4 || ' ' || q.key), q.id LIMIT $5`;
const ofPairs = `SELECT DISTINCT q.id, q.seq FROM pair_set_item i JOIN pair_set s ON s.id = i.pair_set_id
  JOIN question q ON q.id = i.question_id WHERE s.project_id = $1 AND i.pair_set_id = $2`;

/** Ids of the questions that a job's order means, in the order of their sets, without those in `exclude`. */
const chooseIds = async (job: JobRecord, exclude: ReadonlySet<string>): Promise<string[]> => {
  const { order, projectId } = job;
  const { rows } =
    order.kind === 'dpo'
      ? await pool.query<{ id: string }>(`SELECT id FROM (${ofPairs}) AS chosen ORDER BY seq`, [
          projectId,
          job.pairSetId,
        ])
      : await pool.query<{ id: string }>(`SELECT id FROM (${choose}) AS chosen ORDER BY seq`, [
          projectId,
          order.questionSets,
          [...exclude],
          String(order.seed),
          order.mostQuestions,
        ]);
  return rows.map(({ id }) => id);
};

/** Whether a question of a job's order names a video that nobody has looked for yet. */
export const hasUnseenClips = async ({ order, projectId, pairSetId }: JobRecord): Promise<boolean> => {
  const meant =
    order.kind === 'dpo'
      ? 'q.id IN (SELECT question_id FROM pair_set_item WHERE pair_set_id = $2)'
      : 'q.question_set_id = ANY($2::uuid[])';
  const { rowCount } = await pool.query(
    `SELECT FROM question q WHERE q.project_id = $1 AND ${meant}
       AND q.modality = 'video' AND q.media_id IS NULL AND q.media_path IS NOT NULL LIMIT 1`,
    [projectId, order.kind === 'dpo' ? pairSetId : order.questionSets],
  );
  return rowCount === 1;
};

/** What a job's order means, in the order of their sets; `count` is of all. Memory is bounded by ids and one batch. */
export const readCandidates = async (
  job: JobRecord,
  exclude: ReadonlySet<string>,
): Promise<{ readonly count: number; readonly questions: AsyncGenerator<JobQuestion> }> => {
  const ids = await chooseIds(job, exclude);
  const read = async function* (): AsyncGenerator<JobQuestion> {
    for (let at = 0; at < ids.length; at += QUESTIONS_PER_BATCH) {
      const { rows } = await pool.query(
        `SELECT ${columns} FROM question q ${joins} WHERE q.project_id = $1 AND q.id = ANY($2::uuid[]) ORDER BY q.seq`,
        [job.projectId, ids.slice(at, at + QUESTIONS_PER_BATCH)],
      );
      yield* z.array(rowSchema).parse(rows);
    }
  };
  return { count: ids.length, questions: read() };
};

export type Given = { readonly questionId: string; readonly mediaSha256: string | null };
export type LeftOut = { readonly questionId: string; readonly reason: string };

/** Lines about left-out questions; the last says how many more there are. */
const MAX_LINES = 1_000;

/**
 * Decides a job's data, unless somebody has. What was left out is told in its log. Without a question left, only that
 * is written. Returns how many lines its data file has: questions, or pairs of them.
 */
export const storeJobQuestions = (
  job: JobRecord,
  given: readonly Given[],
  leftOut: readonly LeftOut[],
): Promise<number> =>
  inTransaction(async (client) => {
    const { rows } = await client.query<{ prepared: boolean; data_count: number | null }>(
      'SELECT prepared_at IS NOT NULL AS prepared, data_count FROM job WHERE id = $1 FOR UPDATE',
      [job.id],
    );
    if (rows[0]?.prepared) return rows[0].data_count ?? 0;
    await insertLogLines(client, job.id, linesOf(leftOut));
    if (given.length === 0) return 0;
    await client.query(
      `INSERT INTO job_question (job_id, question_id, media_sha256)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[])`,
      [job.id, given.map(({ questionId }) => questionId), given.map(({ mediaSha256 }) => mediaSha256)],
    );
    const { rows: counted } = await client.query<{ data_count: number }>(
      `UPDATE job SET prepared_at = now(), data_count = CASE WHEN kind = 'dpo'
         THEN (SELECT count(*) FROM pair_set_item i JOIN job_question asked ON asked.job_id = job.id AND asked.question_id = i.question_id
               WHERE i.pair_set_id = job.pair_set_id)
         ELSE $2 END WHERE id = $1 RETURNING data_count`,
      [job.id, given.length],
    );
    return counted[0]?.data_count ?? 0;
  });

const linesOf = (leftOut: readonly LeftOut[]) => {
  const told = leftOut.slice(0, MAX_LINES);
  const rest = leftOut.length - told.length;
  return told.map(({ questionId, reason }, at) => ({
    seq: at - told.length,
    at: null,
    level: 'warning' as const,
    message: rest > 0 && at === told.length - 1 ? `${reason} ${rest} more questions are left out.` : reason,
    questionId,
  }));
};

/** Whether a job's data are decided. */
export const isPrepared = async (job: JobRecord): Promise<boolean> => {
  const { rows } = await pool.query<{ prepared: boolean }>(
    'SELECT prepared_at IS NOT NULL AS prepared FROM job WHERE id = $1 AND project_id = $2',
    [job.id, job.projectId],
  );
  return rows[0]?.prepared ?? false;
};

const givenSchema = rowSchema.extend({ media_sha256: z.string().nullable(), seq: z.string() });
export type GivenQuestion = z.infer<typeof givenSchema>;

/** The decided questions, in the order of their sets. */
export async function* readJobQuestions(job: JobRecord): AsyncGenerator<GivenQuestion> {
  let after = '0';
  for (;;) {
    const { rows } = await pool.query(
      `SELECT ${columns}, asked.media_sha256, q.seq FROM job_question asked JOIN question q ON q.id = asked.question_id ${joins}
       WHERE asked.job_id = $1 AND q.project_id = $2 AND q.seq > $3 ORDER BY q.seq LIMIT ${QUESTIONS_PER_BATCH}`,
      [job.id, job.projectId, after],
    );
    const questions = z.array(givenSchema).parse(rows);
    yield* questions;
    after = questions.at(-1)?.seq ?? after;
    if (questions.length < QUESTIONS_PER_BATCH) return;
  }
}

/** One question for each of these contents of clips. */
export const findByMedia = async (job: JobRecord, contents: readonly string[]): Promise<GivenQuestion[]> => {
  const { rows } = await pool.query(
    `SELECT DISTINCT ON (asked.media_sha256) ${columns}, asked.media_sha256, q.seq
     FROM job_question asked JOIN question q ON q.id = asked.question_id ${joins}
     WHERE asked.job_id = $1 AND q.project_id = $2 AND asked.media_sha256 = ANY($3::text[])
     ORDER BY asked.media_sha256, q.seq`,
    [job.id, job.projectId, contents],
  );
  return z.array(givenSchema).parse(rows);
};

/** How many different clips a job's questions show. */
export const countMedia = async (job: JobRecord): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(DISTINCT media_sha256)::int AS count FROM job_question WHERE job_id = $1',
    [job.id],
  );
  return rows[0]?.count ?? 0;
};
