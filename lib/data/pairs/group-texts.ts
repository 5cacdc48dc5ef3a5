import 'server-only';
/**
 * What the pair builder asks of the texts of a run's groups, kept in `group_text`: read once from the texts, then the
 * pairs of any thresholds are counted without them.
 */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { decodeTexts, encodeTexts, type GroupTexts, groupTextsOf } from '@/lib/domain/pairs/group-texts';
import { readCandidates } from './candidates';

/** Groups read at once: 8 chains of 5 KB each make 2.5 MB. */
const GROUPS_PER_BATCH = 64;

const rowSchema = z.tuple([
  z.string(),
  z.string(),
  z.int().nullable(),
  z.string().nullable(),
  z.instanceof(Buffer).nullable(),
]);

export type StoredTexts = {
  readonly groupId: string;
  readonly seq: number;
  /** Null until read. `candidates`: of how many verified rollouts. */
  readonly stored: { readonly candidates: number; readonly texts: GroupTexts } | null;
};

/** The groups that pairs may come from, in the order of import; a null iteration is the whole run. */
export const readGroupTexts = async (runId: string, iterationId: string | null): Promise<StoredTexts[]> => {
  const { rows } = await pool.query({
    text: `SELECT g.id, g.seq, t.candidates, t.stream, t.texts
           FROM rollout_group g LEFT JOIN group_text t ON t.group_id = g.id
           WHERE g.run_id = $1 AND ($2::uuid IS NULL OR g.iteration_id = $2) AND g.stage <> 'eval' ORDER BY g.seq`,
    values: [runId, iterationId],
    rowMode: 'array',
  });
  return rows.map((row) => {
    const [groupId, seq, candidates, stream, texts] = rowSchema.parse(row);
    const stored =
      candidates === null || stream === null || texts === null
        ? null
        : { candidates, texts: { stream: Number(stream), distinct: decodeTexts(texts) } };
    return { groupId, seq: Number(seq), stored };
  });
};

/** Reads the texts of these groups and keeps what is asked of them. Doing it again does no harm. */
export const fillGroupTexts = async (
  groupIds: readonly string[],
  versionId: string,
  onProgress: (done: number) => void,
): Promise<void> => {
  for (let at = 0; at < groupIds.length; at += GROUPS_PER_BATCH) {
    const batch = groupIds.slice(at, at + GROUPS_PER_BATCH);
    const groups = await readCandidates(batch, versionId);
    const kept = groups.map((group) => ({ group, ...groupTextsOf(group) }));
    await pool.query(
      `INSERT INTO group_text (group_id, candidates, stream, texts)
       SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::bytea[])
       ON CONFLICT (group_id) DO UPDATE
         SET candidates = EXCLUDED.candidates, stream = EXCLUDED.stream, texts = EXCLUDED.texts`,
      [
        kept.map(({ group }) => group.groupId),
        kept.map(({ group }) => group.candidates.length),
        kept.map(({ stream }) => stream),
        kept.map(({ distinct }) => Buffer.from(encodeTexts(distinct))),
      ],
    );
    onProgress(at + batch.length);
  }
};
