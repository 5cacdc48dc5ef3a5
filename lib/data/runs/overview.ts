import 'server-only';
/** One run's loop and figures. Everything is counted by PostgreSQL; what crosses is one row per cell or bin. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import {
  cellSchema,
  iterationSchema,
  iterationStateSchema,
  LENGTH_STEP,
  lengthBinSchema,
  type RunOverview,
  tallySchema,
} from '@/lib/domain/run';
import { AppError } from '@/lib/errors';

const cellRowSchema = tallySchema.extend(cellSchema.omit({ tally: true }).shape);

/** Counts per iteration, stage and question set. */
const listCells = async (viewer: Viewer, runId: string): Promise<RunOverview['cells']> => {
  const { rows } = await pool.query(
    `SELECT cell.*, question_set.name AS "questionSet" FROM (
       SELECT iteration_id AS "iterationId", stage, question_set_id AS "questionSetId",
         count(*)::int AS rollouts, count(well_formed)::int AS verified, count(correct)::int AS judged,
         count(*) FILTER (WHERE correct)::int AS correct,
         count(*) FILTER (WHERE consistency = 'consistent')::int AS consistent,
         count(*) FILTER (WHERE consistency = 'inconsistent')::int AS inconsistent,
         count(*) FILTER (WHERE consistency = 'undetermined')::int AS undetermined,
         count(*) FILTER (WHERE NOT well_formed)::int AS malformed,
         count(*) FILTER (WHERE repetitive)::int AS repetitive,
         count(*) FILTER (WHERE length_class = 'cut_off')::int AS "cutOff",
         coalesce(sum(think_tokens), 0)::float8 AS "thinkTokens", count(think_tokens)::int AS measured,
         count(*) FILTER (WHERE token_source = 'estimate')::int AS estimated,
         count(disagrees)::int AS logged, count(*) FILTER (WHERE disagrees)::int AS disagrees,
         count(*) FILTER (WHERE corrected)::int AS corrected,
         count(*) FILTER (WHERE correct AND consistency = 'consistent')::int AS "rightConsistent",
         count(*) FILTER (WHERE correct AND consistency = 'inconsistent')::int AS "rightInconsistent",
         count(*) FILTER (WHERE NOT correct AND consistency = 'consistent')::int AS "wrongConsistent",
         count(*) FILTER (WHERE NOT correct AND consistency = 'inconsistent')::int AS "wrongInconsistent"
       FROM rollout WHERE run_id = ${visibleRun} GROUP BY iteration_id, stage, question_set_id
     ) AS cell JOIN question_set ON question_set.id = cell."questionSetId"
     ORDER BY question_set.name, cell."questionSetId"`,
    runValues(viewer, runId),
  );
  return rows.map((row) => {
    const { iterationId, stage, questionSetId, questionSet, ...tally } = cellRowSchema.parse(row);
    return { iterationId, stage, questionSetId, questionSet, tally };
  });
};

const iterationRowSchema = iterationSchema.omit({ pairs: true, pairSets: true }).extend({
  state: iterationStateSchema,
  proposed: z.int(),
  approved: z.int(),
  rejected: z.int(),
  pairSets: iterationSchema.shape.pairSets,
});

const listIterations = async (viewer: Viewer, runId: string): Promise<RunOverview['iterations']> => {
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
       SELECT iteration_id, jsonb_agg(jsonb_build_object('number', number, 'pairCount', pair_count) ORDER BY number) AS list
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

type Lengths = Pick<RunOverview, 'lengths' | 'medianThinkTokens'>;
const lengthsSchema = z.array(lengthBinSchema.extend({ median: z.number() }));

/** Bins and the exact median, both from one count by length: sorting a million lengths would take a second. */
const countLengths = async (viewer: Viewer, runId: string): Promise<Lengths> => {
  const { rows } = await pool.query(
    `WITH counted AS MATERIALIZED (
       SELECT think_tokens AS length, count(*) AS n, count(*) FILTER (WHERE correct) AS correct,
              count(*) FILTER (WHERE NOT correct) AS incorrect
       FROM rollout WHERE run_id = ${visibleRun} AND think_tokens IS NOT NULL GROUP BY 1
     ), summed AS (
       SELECT length, n, sum(n) OVER (ORDER BY length) AS upto, sum(n) OVER () AS total FROM counted
     )
     SELECT length / ${LENGTH_STEP} * ${LENGTH_STEP} AS "from", sum(correct)::int AS correct,
            sum(incorrect)::int AS incorrect, sum(n - correct - incorrect)::int AS unjudged,
            (SELECT avg(length)::float8 FROM summed WHERE total / 2 BETWEEN upto - n AND upto) AS median
     FROM counted GROUP BY 1 ORDER BY 1`,
    runValues(viewer, runId),
  );
  const bins = lengthsSchema.parse(rows);
  return { lengths: bins.map(({ median: _, ...bin }) => bin), medianThinkTokens: bins[0]?.median ?? null };
};

const countQuestions = async (viewer: Viewer, runId: string): Promise<number> => {
  const { rows } = await pool.query(
    `SELECT count(DISTINCT question_id)::int AS questions FROM rollout_group WHERE run_id = ${visibleRun}`,
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
  const [iterations, cells, lengths, questions] = await Promise.all([
    listIterations(viewer, runId),
    listCells(viewer, runId),
    countLengths(viewer, runId),
    countQuestions(viewer, runId),
  ]);
  const { verifierVersion: verifier, createdAt, ...rest } = run;
  return {
    run: { ...rest, createdAt: createdAt.toISOString(), verifier },
    questions,
    iterations,
    cells,
    ...lengths,
  };
};
