import 'server-only';
/**
 * Rollouts that were verified before thinking was counted in words and sentences: found in the partial index
 * `rollout_uncounted`, read and written a few at a time. For the worker, which acts for no person.
 */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { ThinkingSize } from '@/lib/domain/verifier/thinking-size';

const uncounted = 'think_words IS NULL AND well_formed IS NOT NULL';

const projectSchema = z.object({ projectId: z.uuid(), ownerId: z.string().nullable(), waiting: z.int() });
export type UncountedProject = z.infer<typeof projectSchema>;

/** Projects with rollouts to count, how many (`most` where there are more), and the oldest of their owners. */
export const listUncounted = async (most: number): Promise<UncountedProject[]> => {
  const { rows } = await pool.query(
    `SELECT project.id AS "projectId", found.waiting,
            (SELECT user_id FROM member WHERE member.project_id = project.id AND role = 'owner'
             ORDER BY created_at LIMIT 1) AS "ownerId"
     FROM project CROSS JOIN LATERAL (
       SELECT count(*)::int AS waiting FROM (
         SELECT FROM rollout WHERE project_id = project.id AND ${uncounted} LIMIT $1
       ) AS these
     ) AS found WHERE found.waiting > 0 ORDER BY project.created_at, project.id`,
    [most],
  );
  return rows.map((row) => projectSchema.parse(row));
};

/** How many rollouts of a project are left to count. */
export const countUncounted = async (projectId: string): Promise<number> => {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS waiting FROM rollout WHERE project_id = $1 AND ${uncounted}`,
    [projectId],
  );
  return z.object({ waiting: z.int() }).parse(rows[0]).waiting;
};

const rolloutSchema = z.object({ id: z.uuid(), seq: z.string(), response: z.string() });
export type UncountedRollout = z.infer<typeof rolloutSchema>;

/** Responses of one batch. */
const MAX_BATCH_CHARS = 8_000_000;

/** The next ones after `afterSeq`: at most `limit`, and of long responses fewer, but one at least. */
export const readUncounted = async (
  projectId: string,
  afterSeq: string,
  limit: number,
): Promise<UncountedRollout[]> => {
  const { rows } = await pool.query(
    `SELECT r.id, r.seq, t.response FROM (
       SELECT c.*, sum(c.chars) OVER (ORDER BY c.seq) - c.chars AS chars_before FROM (
         SELECT id, seq, chars FROM rollout WHERE project_id = $1 AND seq > $2 AND ${uncounted} ORDER BY seq LIMIT $3
       ) c
     ) r JOIN rollout_text t ON t.rollout_id = r.id WHERE r.chars_before < $4 ORDER BY r.seq`,
    [projectId, afterSeq, limit, MAX_BATCH_CHARS],
  );
  return rows.map((row) => rolloutSchema.parse(row));
};

/**
 * Writes the sizes of rollouts that still have none; returns how many. Those that somebody else holds at this moment are
 * passed over, so that a verification never waits for this, nor this for one.
 */
export const writeSizes = async (
  projectId: string,
  sizes: readonly (ThinkingSize & { readonly id: string })[],
): Promise<number> => {
  const { rowCount } = await pool.query(
    `UPDATE rollout SET think_words = new.words, think_sentences = new.sentences
     FROM unnest($2::uuid[], $3::int[], $4::int[]) AS new (id, words, sentences)
     WHERE rollout.id = new.id AND rollout.id IN (
       SELECT id FROM rollout WHERE id = ANY($2::uuid[]) AND project_id = $1 AND ${uncounted}
       FOR NO KEY UPDATE SKIP LOCKED
     )`,
    [projectId, sizes.map(({ id }) => id), sizes.map(({ words }) => words), sizes.map(({ sentences }) => sentences)],
  );
  return rowCount ?? 0;
};
