import 'server-only';
/** Rollouts for a judge to read. Neither the truth nor anybody's verdict is read with them. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { VerifyTarget } from '@/lib/data/verdicts/unverified';
import { drawIds } from '@/lib/domain/loop/draw';
import { kindSchema } from '@/lib/domain/question';

const rowSchema = z.object({
  id: z.uuid(),
  seq: z.string(),
  kind: kindSchema,
  prompt: z.string(),
  options: z.array(z.string()),
  response: z.string(),
});
export type JudgedRollout = z.infer<typeof rowSchema>;
const pageSchema = z.array(rowSchema);

const PAGE_ROWS = 100;
/** Responses of one page. */
const MAX_PAGE_CHARS = 8_000_000;

/** There is something to compare: an answer, and a thinking before it. */
const readable = `verdict.answer IS NOT NULL AND verdict.think_tokens > 0`;

const joined = `rollout JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = $3`;
const unjudged = `NOT EXISTS (SELECT FROM judgement
  WHERE judgement.rollout_id = rollout.id AND judgement.reading_id = $3 AND judgement.judge_id = $4)`;
/** What the rules left open, and no person decided. */
const isOpen = `rollout.consistency = 'undetermined' AND verdict.consistency = 'undetermined'`;

const readPage = async (where: string, values: readonly unknown[]): Promise<JudgedRollout[]> => {
  const { rows } = await pool.query(
    `SELECT picked.id, picked.seq, question.kind, question.prompt, question.options, rollout_text.response FROM (
       SELECT page.*, sum(page.chars) OVER (ORDER BY page.seq) - page.chars AS chars_before FROM (
         SELECT rollout.id, rollout.seq, rollout.question_id, rollout.chars FROM ${joined}
         WHERE ${where} AND ${readable} AND ${unjudged}
         ORDER BY rollout.seq LIMIT ${PAGE_ROWS}
       ) AS page
     ) AS picked
     JOIN question ON question.id = picked.question_id JOIN rollout_text ON rollout_text.rollout_id = picked.id
     WHERE picked.chars_before < ${MAX_PAGE_CHARS} ORDER BY picked.seq`,
    [...values],
  );
  return pageSchema.parse(rows);
};

/** How many rollouts the rules left open that this judge has not judged. */
export const countOpen = async ({ runId, iterationId, readingId }: VerifyTarget, judgeId: string): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${joined}
     WHERE rollout.run_id = $1 AND rollout.iteration_id = $2 AND ${isOpen} AND ${readable} AND ${unjudged}`,
    [runId, iterationId, readingId, judgeId],
  );
  return rows[0]?.n ?? 0;
};

/** Them, page by page, in the order of the run. */
export async function* readOpen(
  { runId, iterationId, readingId }: VerifyTarget,
  judgeId: string,
): AsyncGenerator<JudgedRollout> {
  const where = `rollout.run_id = $1 AND rollout.iteration_id = $2 AND ${isOpen} AND rollout.seq > $5`;
  for (let after = '0'; ; ) {
    const page = await readPage(where, [runId, iterationId, readingId, judgeId, after]);
    const last = page.at(-1);
    if (!last) return;
    yield* page;
    after = last.seq;
  }
}

/** Ids of a seeded sample of all that can be judged, decided or not; the same seed draws the same ones. */
export const drawSample = async (
  { runId, iterationId, readingId }: VerifyTarget,
  size: number | null,
  seed: number,
): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT rollout.id FROM ${joined} WHERE rollout.run_id = $1 AND rollout.iteration_id = $2 AND ${readable}`,
    [runId, iterationId, readingId],
  );
  const ids = rows.map(({ id }) => id);
  return size === null ? ids : drawIds(ids, size, seed);
};

/** How many of these the judge has not judged. */
export const countUnjudged = async (
  { runId, readingId }: VerifyTarget,
  judgeId: string,
  ids: readonly string[],
): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${joined}
     WHERE rollout.run_id = $1 AND rollout.id = ANY($2::uuid[]) AND ${readable} AND ${unjudged}`,
    [runId, ids, readingId, judgeId],
  );
  return rows[0]?.n ?? 0;
};

/** Ids that one query is given. */
const CHUNK_IDS = 1_000;

/** Those of these ids that the judge has not judged. */
export async function* readSampled(
  { runId, readingId }: VerifyTarget,
  judgeId: string,
  ids: readonly string[],
): AsyncGenerator<JudgedRollout> {
  const where = 'rollout.run_id = $1 AND rollout.id = ANY($2::uuid[]) AND rollout.seq > $5';
  for (let at = 0; at < ids.length; at += CHUNK_IDS) {
    const chunk = ids.slice(at, at + CHUNK_IDS);
    for (let after = '0'; ; ) {
      const page = await readPage(where, [runId, chunk, readingId, judgeId, after]);
      const last = page.at(-1);
      if (!last) break;
      yield* page;
      after = last.seq;
    }
  }
}
