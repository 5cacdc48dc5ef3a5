import 'server-only';
/** The words by which a disagreement is read: the question, both values, and the sentence that the verifier took. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { LabelCheck } from '@/lib/domain/calibration/label';
import type { DisagreementView } from '@/lib/domain/calibration/report-view';
import { kindSchema } from '@/lib/domain/question';
import { evidenceSchema } from '@/lib/domain/verdict';

const MAX_PROMPT_CHARS = 240;
const MAX_SENTENCE_CHARS = 400;

const rowSchema = z.object({
  rolloutId: z.uuid(),
  kind: kindSchema,
  prompt: z.string(),
  truth: z.string(),
  response: z.string(),
  answer: z.string().nullable(),
  concluded: z.string().nullable(),
  evidence: z.array(evidenceSchema).nullable(),
  reasons: z.record(z.string(), z.string()).nullable(),
});

type Words = Pick<DisagreementView, 'kind' | 'prompt' | 'answer' | 'concluded' | 'truth' | 'sentence' | 'reason'>;

const wordsOf = (row: z.infer<typeof rowSchema>, check: LabelCheck): Words => {
  const quoted = row.evidence?.find((one) => one.check === 'consistency' && one.role !== 'answer');
  const consistency = check === 'consistency';
  return {
    kind: row.kind,
    prompt: row.prompt,
    answer: row.answer,
    concluded: consistency ? row.concluded : null,
    truth: consistency ? null : row.truth,
    sentence: consistency && quoted ? row.response.slice(quoted.start, quoted.end).slice(0, MAX_SENTENCE_CHARS) : null,
    reason: row.reasons?.[check] ?? '',
  };
};

/** By rollout and check. Ask only for rollouts that the viewer may see. */
export const readWords = async (
  rolloutIds: readonly string[],
  readingId: string,
): Promise<Map<string, Record<LabelCheck, Words>>> => {
  if (rolloutIds.length === 0) return new Map();
  const { rows } = await pool.query(
    `SELECT rollout.id AS "rolloutId", rollout.kind, left(question.prompt, ${MAX_PROMPT_CHARS}) AS prompt,
            question.truth, text.response, verdict.answer, verdict.concluded, verdict.evidence, verdict.reasons
     FROM rollout JOIN question ON question.id = rollout.question_id JOIN rollout_text text ON text.rollout_id = rollout.id
     LEFT JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = $2
     WHERE rollout.id = ANY($1::uuid[])`,
    [[...new Set(rolloutIds)], readingId],
  );
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map((row) => [row.rolloutId, { consistency: wordsOf(row, 'consistency'), accuracy: wordsOf(row, 'accuracy') }]),
  );
};
