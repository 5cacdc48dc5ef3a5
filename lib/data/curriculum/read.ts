import 'server-only';
/** Which questions a run leaves out, for the loop that asks the others and for the screen that shows them. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';

const excludedSchema = z.object({ id: z.uuid() });

/** Questions that the next iterations of a run leave out: dropped by an earlier one, and not put back. */
export const readExcluded = async (projectId: string, runId: string): Promise<Set<string>> => {
  const { rows } = await pool.query(
    `SELECT DISTINCT question_id AS id FROM curriculum_drop
     WHERE run_id = $1 AND project_id = $2 AND put_back_at IS NULL`,
    [runId, projectId],
  );
  return new Set(rows.map((row) => excludedSchema.parse(row).id));
};
