import 'server-only';
/** What a what-if is asked about: a run, or one iteration of it, from the standing of one verifier version. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';

export type WhatIfAsked = {
  readonly runId: string;
  /** Null: all of the run. */
  readonly iterationId: string | null;
  /** The version that the thresholds are moved away from. */
  readonly versionId: string;
};

const targetSchema = z.object({
  projectId: z.uuid(),
  runId: z.uuid(),
  iterationId: z.uuid().nullable(),
  versionId: z.uuid(),
  readingId: z.uuid(),
  judgeId: z.uuid().nullable(),
  settings: verifierSettingsSchema,
});
export type WhatIfTarget = z.infer<typeof targetSchema>;

/** Throws `not_found` for runs, iterations and versions that are foreign, too. */
export const getWhatIfTarget = async (viewer: Viewer, asked: WhatIfAsked): Promise<WhatIfTarget> => {
  const { rows } = await pool.query(
    `SELECT run.project_id AS "projectId", run.id AS "runId", $4::uuid AS "iterationId", version.id AS "versionId",
            version.reading_id AS "readingId", version.judge_id AS "judgeId", version.settings
     FROM run JOIN verifier_version version ON version.project_id = run.project_id AND version.id = $5
     WHERE run.id = ${visibleRun}
       AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM iteration WHERE iteration.id = $4 AND iteration.run_id = run.id))`,
    [...runValues(viewer, asked.runId), asked.iterationId, asked.versionId],
  );
  if (rows.length === 0) throw new AppError('not_found', 'This run, its iteration or this version is not there');
  return targetSchema.parse(rows[0]);
};
