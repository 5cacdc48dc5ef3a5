import 'server-only';
/** Runs as the list shows them. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { countCells, inCell } from '@/lib/data/rollouts/facet-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type RunSummary, runSummarySchema } from '@/lib/domain/run';

const MAX_RUNS = 200;

const rowSchema = z.object({ ...runSummarySchema.shape, createdAt: z.date() });

/** The newest 200 runs with their counts, newest first. One pass over an index of the rollouts. */
export const listRuns = async (viewer: Viewer): Promise<RunSummary[]> => {
  const { rows } = await pool.query(
    `WITH mine AS (
       SELECT id, project_id, name, created_at FROM run WHERE project_id IN ${visibleProjects}
       ORDER BY created_at DESC, id LIMIT ${MAX_RUNS}
     ), queue AS (
       SELECT run_id, count(*)::int AS pairs FROM pair
       WHERE state = 'proposed' AND run_id IN (SELECT id FROM mine) GROUP BY run_id
     )
     SELECT mine.id, mine.name, mine.created_at AS "createdAt", turns.iterations, asked.questions, counted.*,
            coalesce(pairs, 0) AS "pairsToReview"
     FROM mine LEFT JOIN queue ON queue.run_id = mine.id
     CROSS JOIN LATERAL (SELECT count(*)::int AS iterations FROM iteration WHERE run_id = mine.id) AS turns
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS questions FROM (
         SELECT DISTINCT question_id FROM rollout_group WHERE run_id = mine.id
       ) AS question
     ) AS asked
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(n), 0)::int AS rollouts, ${countCells(inCell('correct', 'yes', 'no'))} AS judged,
              ${countCells(inCell('correct', 'yes'))} AS correct,
              ${countCells(inCell('consistency', 'consistent'))} AS consistent,
              ${countCells(inCell('consistency', 'inconsistent'))} AS inconsistent,
              ${countCells(inCell('consistency', 'undetermined'))} AS undetermined
       FROM (
         SELECT facet_code, count(*) AS n FROM rollout
         WHERE project_id = mine.project_id AND run_id = mine.id GROUP BY facet_code
       ) AS cell
     ) AS counted
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

export type RunOnVersion = {
  readonly verifierVersionId: string;
  readonly id: string;
  readonly name: string;
  /** It moved there, and rollouts of it may still stand as the version before decided. */
  readonly owes: boolean;
};

/** Which runs stand on which verifier version, by name. */
export const listRunsByVersion = async (viewer: Viewer): Promise<RunOnVersion[]> => {
  const rows = await db.run.findMany({
    where: visibleTo(viewer),
    orderBy: { name: 'asc' },
    take: 1_000,
    select: {
      verifierVersionId: true,
      id: true,
      name: true,
      iterations: {
        where: { owedStanding: { not: null }, rolloutGroups: { some: {} } },
        take: 1,
        select: { id: true },
      },
    },
  });
  return rows.map(({ iterations, ...run }) => ({ ...run, owes: iterations.length > 0 }));
};
