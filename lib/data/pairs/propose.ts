import 'server-only';
/** Proposing pairs for an iteration: groups in order, a batch at a time, each batch in a transaction of its own. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { contentId } from '@/lib/domain/formats/identity';
import { proposePairs } from '@/lib/domain/pairs/build';
import type { PairCandidate, PairGroup, ProposedPair } from '@/lib/domain/pairs/candidate';
import { type PairSettings, pairSettingsSchema } from '@/lib/domain/pairs/settings';
import { kindSchema } from '@/lib/domain/question';
import { standingSchema } from '@/lib/domain/verdict';
import { parseResponse, type Span } from '@/lib/domain/verifier/response';
import { AppError } from '@/lib/errors';

/** Groups read at once: 8 chains of 5 KB each make 2.5 MB. */
const GROUPS_PER_BATCH = 64;

export const proposePayloadSchema = z.object({
  iterationId: z.uuid(),
  seed: z.int().nonnegative().max(0xffff_ffff).default(0),
  settings: pairSettingsSchema.prefault({}),
});

export type ProposalTarget = {
  readonly projectId: string;
  readonly runId: string;
  readonly runName: string;
  readonly iterationId: string;
  readonly k: number;
  readonly verifierVersionId: string;
};

const targetSelect = {
  id: true,
  k: true,
  projectId: true,
  run: { select: { id: true, name: true, verifierVersionId: true } },
} as const;

/**
 * The iteration to propose for. Throws `not_found` for foreign iterations and for viewers who may not propose,
 * `conflict` when no rollout of it has been verified.
 */
export const getProposalTarget = async (viewer: Viewer, iterationId: string): Promise<ProposalTarget> => {
  const row = await db.iteration.findFirst({
    where: { id: iterationId, ...visibleTo(viewer, engineers) },
    select: targetSelect,
  });
  if (!row) throw new AppError('not_found', 'Iteration not found, or your role does not allow proposing pairs');
  const verified = await db.rollout.findFirst({
    where: { iterationId, wellFormed: { not: null }, ...visibleTo(viewer) },
    select: { id: true },
  });
  if (!verified) throw new AppError('conflict', 'No rollout of this iteration is verified yet: verify it first');
  const { id, k, projectId, run } = row;
  return { projectId, runId: run.id, runName: run.name, iterationId: id, k, verifierVersionId: run.verifierVersionId };
};

/** The iteration of a run by name; the newest one without `k`. Throws `not_found`. */
export const findIterationByName = async (viewer: Viewer, runName: string, k?: number): Promise<string> => {
  const row = await db.iteration.findFirst({
    where: { run: { name: runName }, ...(k === undefined ? {} : { k }), ...visibleTo(viewer) },
    orderBy: { k: 'desc' },
    select: { id: true },
  });
  if (!row)
    throw new AppError(
      'not_found',
      `No run ${JSON.stringify(runName)}${k === undefined ? '' : ` with iteration ${k}`}`,
    );
  return row.id;
};

const rowSchema = z.object({
  group_id: z.uuid(),
  question_id: z.uuid(),
  kind: kindSchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  rollout_id: z.uuid(),
  sample: z.coerce.number().int(),
  response: z.string(),
  answer: z.string().nullable(),
  concluded: z.string().nullable(),
  think_tokens: z.int(),
  ...standingSchema.omit({ wellFormed: true, lengthClass: true }).shape,
  well_formed: z.boolean(),
  length_class: standingSchema.shape.lengthClass,
});
type Row = z.infer<typeof rowSchema>;

// Numbered before unverified ones are left out: the number must be the one that the group's page shows.
const READ_BATCH = `
  SELECT g.id AS group_id, q.id AS question_id, q.kind, q.prompt, q.options, q.truth, r.id AS rollout_id, r.sample,
         t.response, r.answer, v.concluded, coalesce(r.think_tokens, 0) AS think_tokens, r.well_formed, r.correct,
         r.consistency, r.repetitive, r.length_class, r.reward
  FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, at)
  JOIN rollout_group g ON g.id = wanted.id
  JOIN question q ON q.id = g.question_id
  JOIN LATERAL (
    SELECT *, row_number() OVER (ORDER BY sample_index NULLS LAST, seq) AS sample FROM rollout WHERE group_id = g.id
  ) r ON r.well_formed IS NOT NULL
  JOIN rollout_text t ON t.rollout_id = r.id
  LEFT JOIN verdict v ON v.rollout_id = r.id AND v.verifier_version_id = $2
  ORDER BY wanted.at, r.sample`;

const textOf = (response: string, span: Span | null): string | null =>
  span === null ? null : response.slice(span.start, span.end);

const candidateOf = (row: Row): PairCandidate => {
  const parsed = parseResponse(row.response);
  return {
    rolloutId: row.rollout_id,
    sample: row.sample,
    response: row.response,
    thinking: textOf(row.response, parsed.think),
    answer: textOf(row.response, parsed.answer),
    concluded: row.concluded,
    thinkTokens: row.think_tokens,
    standing: {
      wellFormed: row.well_formed,
      correct: row.correct,
      consistency: row.consistency,
      repetitive: row.repetitive,
      lengthClass: row.length_class,
      reward: row.reward,
    },
  };
};

const groupsOf = (rows: readonly Row[]): PairGroup[] => {
  const groups = new Map<string, PairGroup & { candidates: PairCandidate[] }>();
  for (const row of rows) {
    const { question_id: id, kind, prompt, options, truth } = row;
    const group = groups.get(row.group_id) ?? {
      groupId: row.group_id,
      question: { id, kind, prompt, options, truth },
      candidates: [],
    };
    group.candidates.push(candidateOf(row));
    groups.set(row.group_id, group);
  }
  return [...groups.values()];
};

/** Adds those pairs that the iteration does not have; the ones it has stay as people left them. Returns how many. */
const insertPairs = async (target: ProposalTarget, pairs: readonly ProposedPair[]): Promise<number> => {
  if (pairs.length === 0) return 0;
  const rows = pairs.map((pair, at) => ({
    at,
    id: contentId('pair', target.iterationId, pair.fingerprint),
    group_id: pair.groupId,
    question_id: pair.questionId,
    type: pair.type,
    rule: pair.rule,
    why: pair.why,
    chosen_rollout_id: pair.chosen.rolloutId,
    rejected_rollout_id: pair.rejected.rolloutId,
    chosen: pair.chosen.text,
    rejected: pair.rejected.text,
    proposal: { chosen: pair.chosen, rejected: pair.rejected, seam: pair.seam },
  }));
  const { rows: added } = await pool.query<{ count: string }>(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($5::jsonb) AS given (
         id uuid, group_id uuid, question_id uuid, type text, rule text, why text,
         chosen_rollout_id uuid, rejected_rollout_id uuid, chosen text, rejected text, proposal jsonb, at int)
     ), added AS (
       INSERT INTO pair (id, project_id, run_id, iteration_id, group_id, question_id, verifier_version_id, type, rule, why,
                         chosen_rollout_id, rejected_rollout_id)
       SELECT id, $1, $2, $3, group_id, question_id, $4, type, rule, why, chosen_rollout_id, rejected_rollout_id
       FROM given ORDER BY at
       ON CONFLICT (id) DO NOTHING
       RETURNING id
     ), texts AS (
       INSERT INTO pair_text (pair_id, proposal, chosen, rejected)
       SELECT id, proposal, chosen, rejected FROM given JOIN added USING (id)
     )
     SELECT count(*) AS count FROM added`,
    [target.projectId, target.runId, target.iterationId, target.verifierVersionId, JSON.stringify(rows)],
  );
  return Number(added[0]?.count ?? 0);
};

export const proposalResultSchema = z.object({
  groups: z.int(),
  /** Pairs the rules give now, and those of them that were not there before. */
  proposed: z.int(),
  added: z.int(),
});
export type ProposalResult = z.infer<typeof proposalResultSchema>;

type Watch = {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

/**
 * Proposes the pairs of an iteration. The same settings, seed and verdicts give the same pairs, and a pair is named
 * by its content: doing it again, also after a kill in the middle, adds only what is missing and touches nothing
 * that is there. `cancelled` when the signal stopped it; what it had added stays.
 */
export const proposeIterationPairs = async (
  target: ProposalTarget,
  settings: PairSettings,
  seed: number,
  { signal, onProgress }: Watch,
): Promise<{ state: 'done' | 'cancelled'; result: ProposalResult }> => {
  const ids = await listGroupIds(target);
  let [proposed, added] = [0, 0];
  for (let at = 0; at < ids.length; at += GROUPS_PER_BATCH) {
    if (signal.aborted) return { state: 'cancelled', result: { groups: at, proposed, added } };
    const batch = ids.slice(at, at + GROUPS_PER_BATCH);
    const { rows } = await pool.query(READ_BATCH, [batch, target.verifierVersionId]);
    const groups = groupsOf(rows.map((row) => rowSchema.parse(row)));
    const pairs = groups.flatMap((group) => proposePairs(group, settings, seed));
    added += await insertPairs(target, pairs);
    proposed += pairs.length;
    onProgress(at + batch.length, ids.length);
  }
  return { state: 'done', result: { groups: ids.length, proposed, added } };
};

/** In the order of import; 16 MB of ids at a million rollouts. */
const listGroupIds = async ({ runId, iterationId }: ProposalTarget): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM rollout_group WHERE run_id = $1 AND iteration_id = $2 ORDER BY seq',
    [runId, iterationId],
  );
  return rows.map(({ id }) => id);
};
