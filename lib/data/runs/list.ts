import 'server-only';
/** Runs as the list shows them. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type RunSummary, runSummarySchema } from '@/lib/domain/run';

const MAX_RUNS = 200;

const rowSchema = z.object({ ...runSummarySchema.shape, createdAt: z.date() });

/** The newest 200 runs with their counts, newest first. One pass over the rollouts, never their texts. */
export const listRuns = async (viewer: Viewer): Promise<RunSummary[]> => {
  const { rows } = await pool.query(
    `WITH mine AS (
       SELECT id, name, created_at FROM run WHERE project_id IN ${visibleProjects}
       ORDER BY created_at DESC, id LIMIT ${MAX_RUNS}
     ), counted AS (
       SELECT run_id, count(*)::int AS rollouts, count(correct)::int AS judged,
              count(*) FILTER (WHERE correct)::int AS correct,
              count(*) FILTER (WHERE consistency = 'consistent')::int AS consistent,
              count(*) FILTER (WHERE consistency = 'inconsistent')::int AS inconsistent,
              count(*) FILTER (WHERE consistency = 'undetermined')::int AS undetermined
       FROM rollout WHERE run_id IN (SELECT id FROM mine) GROUP BY run_id
     ), asked AS (
       SELECT run_id, count(DISTINCT question_id)::int AS questions
       FROM rollout_group WHERE run_id IN (SELECT id FROM mine) GROUP BY run_id
     ), turns AS (
       SELECT run_id, count(*)::int AS iterations FROM iteration WHERE run_id IN (SELECT id FROM mine) GROUP BY run_id
     ), queue AS (
       SELECT run_id, count(*)::int AS pairs FROM pair
       WHERE state = 'proposed' AND run_id IN (SELECT id FROM mine) GROUP BY run_id
     )
     SELECT mine.id, mine.name, mine.created_at AS "createdAt",
            coalesce(iterations, 0) AS iterations, coalesce(rollouts, 0) AS rollouts, coalesce(questions, 0) AS questions,
            coalesce(judged, 0) AS judged, coalesce(correct, 0) AS correct, coalesce(consistent, 0) AS consistent,
            coalesce(inconsistent, 0) AS inconsistent, coalesce(undetermined, 0) AS undetermined,
            coalesce(pairs, 0) AS "pairsToReview"
     FROM mine LEFT JOIN counted ON counted.run_id = mine.id LEFT JOIN asked ON asked.run_id = mine.id
          LEFT JOIN turns ON turns.run_id = mine.id LEFT JOIN queue ON queue.run_id = mine.id
     ORDER BY mine.created_at DESC, mine.id`,
    projectValues(viewer),
  );
  return rows.map((row) => {
    const { createdAt, ...rest } = rowSchema.parse(row);
    return { ...rest, createdAt: createdAt.toISOString() };
  });
};

/** Names for suggestions, newest first. */
export const listRunNames = async (viewer: Viewer): Promise<{ id: string; name: string }[]> =>
  db.run.findMany({
    where: visibleTo(viewer),
    orderBy: { createdAt: 'desc' },
    take: MAX_RUNS,
    select: { id: true, name: true },
  });

/** Which runs stand on which verifier version: `{ versionId, id, name }`, by name. */
export const listRunsByVersion = async (
  viewer: Viewer,
): Promise<{ verifierVersionId: string; id: string; name: string }[]> =>
  db.run.findMany({
    where: visibleTo(viewer),
    orderBy: { name: 'asc' },
    take: 1_000,
    select: { verifierVersionId: true, id: true, name: true },
  });
