import 'server-only';
/**
 * One run's loop and figures. Everything is counted by PostgreSQL in the index `rollout_run_seq`, which holds all that
 * is counted; what crosses is one row per cell.
 */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { countCells, facetValue, inCell } from '@/lib/data/rollouts/facet-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  cellSchema,
  type Iteration,
  iterationSchema,
  iterationStateSchema,
  type RunOverview,
  tallySchema,
} from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { listLoops } from './loops';

const cellRowSchema = tallySchema.extend(cellSchema.omit({ tally: true }).shape);

/** Counts per iteration, stage and question set. */
const listCells = async (viewer: Viewer, runId: string): Promise<RunOverview['cells']> => {
  const { rows } = await pool.query(
    `WITH cell AS MATERIALIZED (
       SELECT iteration_id, question_set_id, facet_code, count(*) AS n, sum(think_tokens) AS tokens,
              count(think_tokens) AS measured, count(*) FILTER (WHERE token_source = 'estimate') AS estimated
       FROM rollout WHERE run_id = ${visibleRun} GROUP BY iteration_id, question_set_id, facet_code
     )
     SELECT tally.*, question_set.name AS "questionSet" FROM (
       SELECT iteration_id AS "iterationId", ${facetValue('cell', 'stage')} AS stage,
         question_set_id AS "questionSetId", sum(n)::int AS rollouts,
         ${countCells(inCell('wellFormed', 'yes', 'no'))} AS verified,
         ${countCells(inCell('correct', 'yes', 'no'))} AS judged,
         ${countCells(inCell('correct', 'yes'))} AS correct,
         ${countCells(inCell('consistency', 'consistent'))} AS consistent,
         ${countCells(inCell('consistency', 'inconsistent'))} AS inconsistent,
         ${countCells(inCell('consistency', 'undetermined'))} AS undetermined,
         ${countCells(inCell('wellFormed', 'no'))} AS malformed,
         ${countCells(inCell('repetitive', 'yes'))} AS repetitive,
         ${countCells(inCell('lengthClass', 'cut_off'))} AS "cutOff",
         coalesce(sum(tokens), 0)::float8 AS "thinkTokens", sum(measured)::int AS measured,
         sum(estimated)::int AS estimated,
         ${countCells(inCell('disagrees', 'yes', 'no'))} AS logged,
         ${countCells(inCell('disagrees', 'yes'))} AS disagrees,
         ${countCells(inCell('corrected', 'yes'))} AS corrected,
         ${countCells(inCell('correct', 'yes'), inCell('consistency', 'consistent'))} AS "rightConsistent",
         ${countCells(inCell('correct', 'yes'), inCell('consistency', 'inconsistent'))} AS "rightInconsistent",
         ${countCells(inCell('correct', 'no'), inCell('consistency', 'consistent'))} AS "wrongConsistent",
         ${countCells(inCell('correct', 'no'), inCell('consistency', 'inconsistent'))} AS "wrongInconsistent"
       FROM cell GROUP BY 1, 2, 3
     ) AS tally JOIN question_set ON question_set.id = tally."questionSetId"
     ORDER BY question_set.name, tally."questionSetId"`,
    runValues(viewer, runId),
  );
  return rows.map((row) => {
    const { iterationId, stage, questionSetId, questionSet, ...tally } = cellRowSchema.parse(row);
    return { iterationId, stage, questionSetId, questionSet, tally };
  });
};

const iterationRowSchema = iterationSchema.omit({ pairs: true, pairSets: true, loop: true }).extend({
  state: iterationStateSchema,
  proposed: z.int(),
  approved: z.int(),
  rejected: z.int(),
  pairSets: iterationSchema.shape.pairSets,
});

const listIterations = async (viewer: Viewer, runId: string): Promise<Omit<Iteration, 'loop'>[]> => {
  const { rows } = await pool.query(
    `SELECT turn.id, turn.k, turn.state, turn.failed_stage AS "failedStage", turn.failed_reason AS "failedReason",
            coalesce(made.proposed, 0) AS proposed, coalesce(made.approved, 0) AS approved,
            coalesce(made.rejected, 0) AS rejected, coalesce(sets.list, '[]') AS "pairSets"
     FROM iteration AS turn
     LEFT JOIN (
       SELECT iteration_id, count(*) FILTER (WHERE state = 'proposed')::int AS proposed,
              count(*) FILTER (WHERE state = 'approved')::int AS approved,
              count(*) FILTER (WHERE state = 'rejected')::int AS rejected
       FROM pair WHERE run_id = ${visibleRun} GROUP BY iteration_id
     ) AS made ON made.iteration_id = turn.id
     LEFT JOIN (
       SELECT iteration_id, jsonb_agg(jsonb_build_object('id', id, 'number', number, 'pairCount', pair_count) ORDER BY number) AS list
       FROM pair_set WHERE run_id = ${visibleRun} GROUP BY iteration_id
     ) AS sets ON sets.iteration_id = turn.id
     WHERE turn.run_id = ${visibleRun} ORDER BY turn.k`,
    runValues(viewer, runId),
  );
  return rows.map((row) => {
    const { proposed, approved, rejected, ...turn } = iterationRowSchema.parse(row);
    return { ...turn, pairs: { proposed, approved, rejected } };
  });
};

/** The exact median, from one count by length: sorting a million lengths would take a second. */
const readMedian = async (viewer: Viewer, runId: string): Promise<number | null> => {
  const { rows } = await pool.query(
    `WITH counted AS MATERIALIZED (
       SELECT think_tokens AS length, count(*) AS n FROM rollout
       WHERE run_id = ${visibleRun} AND think_tokens IS NOT NULL GROUP BY 1
     ), summed AS (
       SELECT length, n, sum(n) OVER (ORDER BY length) AS upto, sum(n) OVER () AS total FROM counted
     )
     SELECT avg(length)::float8 AS median FROM summed WHERE total / 2 BETWEEN upto - n AND upto`,
    runValues(viewer, runId),
  );
  return z.object({ median: z.number().nullable() }).parse(rows[0]).median;
};

const countQuestions = async (viewer: Viewer, runId: string): Promise<number> => {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS questions FROM (
       SELECT DISTINCT question_id FROM rollout_group WHERE run_id = ${visibleRun}
     ) AS asked`,
    runValues(viewer, runId),
  );
  return z.object({ questions: z.int() }).parse(rows[0]).questions;
};

/** Throws `not_found` for foreign runs too. */
export const getRunOverview = async (viewer: Viewer, runId: string): Promise<RunOverview> => {
  const run = await db.run.findFirst({
    where: { id: runId, ...visibleTo(viewer) },
    select: {
      id: true,
      name: true,
      baseCheckpoint: true,
      createdAt: true,
      verifierVersion: { select: { number: true, name: true } },
    },
  });
  if (!run) throw new AppError('not_found', 'Run not found');
  const [iterations, loops, cells, medianThinkTokens, questions] = await Promise.all([
    listIterations(viewer, runId),
    listLoops(viewer, runId),
    listCells(viewer, runId),
    readMedian(viewer, runId),
    countQuestions(viewer, runId),
  ]);
  const { verifierVersion: verifier, createdAt, ...rest } = run;
  return {
    run: { ...rest, createdAt: createdAt.toISOString(), verifier },
    questions,
    iterations: iterations.map((turn) => ({ ...turn, loop: loops.get(turn.id) ?? null })),
    cells,
    medianThinkTokens,
  };
};
