import 'server-only';
/** The runs whose thresholds can be tried: those with verified rollouts. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type ScoredRun, scoredRunSchema } from '@/lib/domain/verifier/what-if/scored-run';

/** The newest 200, newest first. */
export const listScoredRuns = async (viewer: Viewer): Promise<ScoredRun[]> => {
  const { rows } = await pool.query(
    `SELECT run.id, run.name, run.verifier_version_id AS "versionId", turns.list AS iterations
     FROM run CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('id', iteration.id, 'k', iteration.k) ORDER BY iteration.k) AS list
       FROM iteration WHERE iteration.run_id = run.id AND EXISTS (
         SELECT 1 FROM rollout WHERE rollout.run_id = run.id AND rollout.iteration_id = iteration.id
           AND rollout.well_formed IS NOT NULL)
     ) AS turns
     WHERE run.project_id IN ${visibleProjects} AND turns.list IS NOT NULL
     ORDER BY run.created_at DESC, run.id LIMIT 200`,
    projectValues(viewer),
  );
  return z.array(scoredRunSchema).parse(rows);
};
