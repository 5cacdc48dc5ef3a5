import 'server-only';
/** What the verify job reads. The job acts for its iteration; who may start it is checked where it is queued. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { kindSchema } from '@/lib/domain/question';
import { finishReasonSchema } from '@/lib/domain/rollout';
import { type PreparedQuestion, prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { type VerifierSettings, verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';

const targetSchema = z.object({
  project_id: z.uuid(),
  run_id: z.uuid(),
  k: z.int(),
  version_id: z.uuid(),
  reading_id: z.uuid(),
  rules_version: z.int(),
  settings: verifierSettingsSchema,
  owed_standing: z.uuid().nullable(),
});

export type VerifyTarget = {
  readonly iterationId: string;
  readonly projectId: string;
  readonly runId: string;
  readonly k: number;
  readonly versionId: string;
  readonly readingId: string;
  readonly rulesVersion: number;
  readonly settings: VerifierSettings;
  /** Names the move to another version after which rollouts have not all been decided anew; null when all stand. */
  readonly owed: string | null;
};

/** The iteration and the verifier version of its run. Throws `not_found`. */
export const readVerifyTarget = async (projectId: string, iterationId: string): Promise<VerifyTarget> => {
  const { rows } = await pool.query(
    `SELECT i.project_id, i.run_id, i.k, v.id AS version_id, v.reading_id, v.rules_version, v.settings, i.owed_standing
     FROM iteration i JOIN run r ON r.id = i.run_id JOIN verifier_version v ON v.id = r.verifier_version_id
     WHERE i.id = $1 AND i.project_id = $2`,
    [iterationId, projectId],
  );
  if (rows.length === 0) throw new AppError('not_found', 'This iteration is gone');
  const row = targetSchema.parse(rows[0]);
  const { k, settings, owed_standing: owed } = row;
  return {
    iterationId,
    projectId: row.project_id,
    runId: row.run_id,
    k,
    versionId: row.version_id,
    readingId: row.reading_id,
    rulesVersion: row.rules_version,
    settings,
    owed,
  };
};

/** How many rollouts of the iteration have no verdict of the version's reading yet, and how many have one. */
export const countUnverified = async ({ runId, iterationId, readingId }: VerifyTarget) => {
  const { rows } = await pool.query<{ waiting: string; judged: string }>(
    `SELECT count(*) FILTER (WHERE v.rollout_id IS NULL) AS waiting, count(v.rollout_id) AS judged
     FROM rollout r LEFT JOIN verdict v ON v.rollout_id = r.id AND v.reading_id = $3
     WHERE r.run_id = $1 AND r.iteration_id = $2`,
    [runId, iterationId, readingId],
  );
  return { waiting: Number(rows[0]?.waiting ?? 0), judged: Number(rows[0]?.judged ?? 0) };
};

const rolloutSchema = z.object({
  id: z.string(),
  seq: z.string(),
  question_id: z.string(),
  kind: kindSchema,
  finish_reason: finishReasonSchema,
  think_tokens: z.int().nullable(),
  response: z.string(),
});
export type UnverifiedRollout = z.infer<typeof rolloutSchema>;
const batchSchema = z.array(rolloutSchema);

/** Responses of one batch; two such batches lie in memory at once. */
const MAX_BATCH_CHARS = 32_000_000;

/**
 * The next rollouts without a verdict of the reading, after `afterSeq`, in import order: at most `limit`, and of long
 * responses only so many as fit into memory, but one at least.
 */
export const readUnverified = async (
  client: PoolClient,
  { runId, iterationId, readingId }: VerifyTarget,
  afterSeq: string,
  limit: number,
): Promise<UnverifiedRollout[]> => {
  // `OFFSET 0`: one look for each rollout. A join would walk all verdicts of a new reading for every batch, since the
  // planner thinks them few until they are analyzed.
  const { rows } = await client.query(
    `SELECT r.id, r.seq, r.question_id, r.kind, r.finish_reason, t.response,
            CASE WHEN r.token_source = 'trainer' THEN r.think_tokens END AS think_tokens
     FROM (
       SELECT c.*, sum(c.chars) OVER (ORDER BY c.seq) - c.chars AS chars_before FROM (
         SELECT * FROM rollout
         WHERE run_id = $1 AND iteration_id = $2 AND seq > $4
           AND NOT EXISTS (SELECT FROM verdict v WHERE v.rollout_id = rollout.id AND v.reading_id = $3 OFFSET 0)
         ORDER BY seq LIMIT $5
       ) c
     ) r JOIN rollout_text t ON t.rollout_id = r.id WHERE r.chars_before < $6 ORDER BY r.seq`,
    [runId, iterationId, readingId, afterSeq, limit, MAX_BATCH_CHARS],
  );
  return batchSchema.parse(rows);
};

const questionSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
});
const MAX_REMEMBERED = 20_000;

/** Questions prepared for the verifier, read once each. */
export const questionReader = (client: PoolClient) => {
  const known = new Map<string, PreparedQuestion>();
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, PreparedQuestion>> => {
    if (known.size > MAX_REMEMBERED) known.clear();
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) {
      const { rows } = await client.query(
        'SELECT id, kind, prompt, options, truth FROM question WHERE id = ANY($1::uuid[])',
        [missing],
      );
      for (const row of rows) {
        const { id, ...question } = questionSchema.parse(row);
        known.set(id, prepareQuestion(question));
      }
    }
    return known;
  };
};
