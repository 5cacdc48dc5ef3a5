import 'server-only';
/** The verified rollouts of groups, as the pair builder reads them. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { PairCandidate, PairGroup } from '@/lib/domain/pairs/candidate';
import { kindSchema } from '@/lib/domain/question';
import { standingSchema } from '@/lib/domain/verdict';
import { parseResponse, type Span } from '@/lib/domain/verifier/response';

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
  JOIN rollout_group g ON g.id = wanted.id AND g.stage <> 'eval'
  JOIN question q ON q.id = g.question_id
  JOIN LATERAL (
    SELECT *, row_number() OVER (ORDER BY sample_index NULLS LAST, seq) AS sample FROM rollout WHERE group_id = g.id
  ) r ON r.well_formed IS NOT NULL
  JOIN rollout_text t ON t.rollout_id = r.id
  LEFT JOIN verifier_version version ON version.id = $2
  LEFT JOIN verdict v ON v.rollout_id = r.id AND v.reading_id = version.reading_id
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

/**
 * The groups with these ids, in their order, with the rollouts that are verified; one without any is left out, and so
 * is one of an evaluation, since nothing may learn from held-out questions.
 */
export const readCandidates = async (groupIds: readonly string[], verifierVersionId: string): Promise<PairGroup[]> => {
  const { rows } = await pool.query(READ_BATCH, [groupIds, verifierVersionId]);
  return groupsOf(rows.map((row) => rowSchema.parse(row)));
};
