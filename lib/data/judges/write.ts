import 'server-only';
/** Judgements as they are written, and the standings that follow from them. */
import { inTransaction } from '@/lib/data/transaction';
import { restandRollouts } from '@/lib/data/verdicts/restand';
import type { Judgement } from '@/lib/domain/judge/judgement';

export type NewJudgement = Judgement & {
  readonly rolloutId: string;
  readonly content: string;
  /** Nothing was sent for it. */
  readonly cached: boolean;
};

/**
 * Writes judgements of one judge under one reading, in one transaction; returns the rollouts that had none.
 * `restand`: the judge is the one of the run's version, so that standings follow at once.
 */
export const writeJudgements = (
  judgeId: string,
  readingId: string,
  batch: readonly NewJudgement[],
  restand: boolean,
): Promise<readonly string[]> =>
  inTransaction(async (client) => {
    const { rows } = await client.query<{ rollout_id: string }>(
      `INSERT INTO judgement (rollout_id, judge_id, reading_id, content_sha256, consistency, concluded, evidence, reason,
                              cached)
       SELECT new.*
       FROM (
         SELECT unnest($3::uuid[]) AS rollout_id, $1::uuid, $2::uuid, unnest($4::text[]), unnest($5::text[]),
                unnest($6::text[]), unnest($7::jsonb[]), unnest($8::text[]), unnest($9::bool[])
       ) AS new JOIN rollout ON rollout.id = new.rollout_id
       ON CONFLICT (rollout_id, reading_id, judge_id) DO NOTHING RETURNING rollout_id`,
      [
        judgeId,
        readingId,
        batch.map(({ rolloutId }) => rolloutId),
        batch.map(({ content }) => content),
        batch.map(({ consistency }) => consistency),
        batch.map(({ concluded }) => concluded),
        batch.map(({ evidence }) => JSON.stringify(evidence)),
        batch.map(({ reason }) => reason),
        batch.map(({ cached }) => cached),
      ],
    );
    const ids = rows.map(({ rollout_id: id }) => id);
    if (restand) await restandRollouts(client, ids);
    return ids;
  });
