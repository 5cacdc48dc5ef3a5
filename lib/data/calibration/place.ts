import 'server-only';
/** Samples as their member may see them, and what is asked of an item. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type LabelCheck, labelCheckSchema, labelChecks } from '@/lib/domain/calibration/label';
import { AppError } from '@/lib/errors';

const placeSchema = z.object({
  projectId: z.uuid(),
  runId: z.uuid(),
  checks: z.array(labelCheckSchema),
});

/** Where a sample lies. Throws `not_found` for foreign samples too, so that ids cannot be probed. */
export const getSamplePlace = async (viewer: Viewer, sampleId: string): Promise<z.infer<typeof placeSchema>> => {
  const { rows } = await pool.query(
    `SELECT project_id AS "projectId", run_id AS "runId", checks FROM label_sample
     WHERE project_id IN ${visibleProjects} AND id = $3`,
    [...projectValues(viewer), sampleId],
  );
  if (rows.length === 0) throw new AppError('not_found', 'Sample not found');
  return placeSchema.parse(rows[0]);
};

/** The checks of the sample that make sense for a question, in the order in which they are asked. */
export const askedOf = (checks: readonly LabelCheck[], hasTruth: boolean): LabelCheck[] =>
  labelChecks.filter((check) => checks.includes(check) && (check === 'consistency' || hasTruth));
