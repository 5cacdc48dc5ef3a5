import 'server-only';
/** Whether these very bytes were imported before, to the end and without a refusal. */
import { pool } from '@/lib/data/db';
import type { ImportPayload } from './payload';

/** File name of an earlier import of the same content to the same place; undefined when there is none. */
export const findSameFile = async (
  importId: string,
  payload: ImportPayload,
  sha256: string,
): Promise<string | undefined> => {
  const { rows } = await pool.query<{ file_name: string }>(
    `SELECT i.file_name FROM import i JOIN task t ON t.id = i.id
     WHERE i.sha256 = $1 AND i.id <> $2 AND t.state = 'done' AND i.refused = 0
       AND i.question_set_id = $3 AND i.run_id IS NOT DISTINCT FROM $4
       AND t.payload ->> 'iterationId' IS NOT DISTINCT FROM $5 AND t.payload ->> 'stage' = $6
       AND (NOT $7 OR t.payload ->> 'source' = $8)
     ORDER BY i.created_at LIMIT 1`,
    [
      sha256,
      importId,
      payload.questionSetId,
      payload.runId,
      payload.iterationId,
      payload.stage,
      payload.sourceGiven,
      payload.source,
    ],
  );
  return rows[0]?.file_name;
};

/** Remembers the content of a file that was imported to its end. */
export const recordFile = async (importId: string, sha256: string): Promise<void> => {
  await pool.query('UPDATE import SET sha256 = $2 WHERE id = $1', [importId, sha256]);
};
