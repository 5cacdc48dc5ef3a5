import 'server-only';
/**
 * What a run's rollouts count up to by slice and question set. Everything about rollouts is added up by PostgreSQL in
 * the index `rollout_run_seq`; what crosses is one row per cell.
 */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { countCells, facetIs, facetValue, inCell } from '@/lib/data/rollouts/facet-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import { chosenBenchmark, storedBenchmarkChoiceSchema } from '@/lib/domain/benchmarks/benchmark';
import {
  type BenchmarkCell,
  benchmarkCellSchema,
  MOST_BENCHMARK_SLICES,
  type RunBenchmarks,
} from '@/lib/domain/benchmarks/cell';
import { type Kind, kinds } from '@/lib/domain/question';
import { type Stage, stageSchema, stages } from '@/lib/domain/rollout';
import { AppError } from '@/lib/errors';

/**
 * The accuracy reward as it stands: a graded score keeps its grade, and what a person corrected is what the reward has
 * beyond the form. `form` holds the run's reward for form.
 */
const standingAccuracy = `CASE WHEN ${facetIs('rollout', 'corrected', ['yes'])}
  THEN rollout.reward - CASE WHEN ${facetIs('rollout', 'wellFormed', ['yes'])} THEN form.reward ELSE 0 END
  ELSE rollout.accuracy END::float8`;

const form = `(SELECT (version.settings->>'formatReward')::float8 AS reward
  FROM run JOIN verifier_version AS version ON version.id = run.verifier_version_id WHERE run.id = ${visibleRun})`;

/** `$4` is a kind or null for all. */
const CELLS = `
  WITH form AS MATERIALIZED ${form}, cell AS MATERIALIZED (
    SELECT rollout.iteration_id, rollout.question_set_id, rollout.facet_code, count(*) AS n,
           count(${standingAccuracy}) AS scored, sum(${standingAccuracy}) AS total, sum((${standingAccuracy}) ^ 2) AS squares
    FROM rollout CROSS JOIN form WHERE rollout.run_id = ${visibleRun} GROUP BY 1, 2, 3
  )
  SELECT turn.k, tally.*, question_set.name AS "setName", question_set.benchmark AS choice FROM (
    SELECT iteration_id AS "iterationId", ${facetValue('cell', 'stage')} AS stage, question_set_id AS "setId",
      sum(n)::int AS rollouts,
      ${countCells(inCell('consistency', 'consistent'))} AS consistent,
      ${countCells(inCell('consistency', 'inconsistent'))} AS inconsistent,
      ${countCells(inCell('consistency', 'undetermined'))} AS undetermined,
      sum(scored)::int AS scored, coalesce(sum(total), 0)::float8 AS "accuracySum",
      coalesce(sum(squares), 0)::float8 AS "accuracySquares",
      ${countCells(inCell('correct', 'yes', 'no'))} AS judged,
      ${countCells(inCell('correct', 'yes'), inCell('consistency', 'consistent'))} AS "rightConsistent"
    FROM cell WHERE $4::text IS NULL OR ${facetValue('cell', 'kind')} = $4 GROUP BY 1, 2, 3
  ) AS tally
  JOIN iteration AS turn ON turn.id = tally."iterationId"
  JOIN question_set ON question_set.id = tally."setId"
  ORDER BY turn.k, array_position('{${stages.join(',')}}'::text[], tally.stage), question_set.name, tally."setId"`;

const cellRowSchema = z.object({
  ...benchmarkCellSchema.omit({
    benchmark: true,
    questions: true,
    correctedConsistency: true,
    correctedAccuracy: true,
  }).shape,
  iterationId: z.uuid(),
  choice: storedBenchmarkChoiceSchema,
});

const placeSchema = z.object({ iterationId: z.uuid(), stage: stageSchema, setId: z.uuid() });
const keyOf = ({ iterationId, stage, setId }: { iterationId: string; stage: Stage; setId: string }): string =>
  `${iterationId} ${stage} ${setId}`;

/** Groups are a fraction of the rollouts: the questions asked are counted in them. */
const countQuestions = async (values: readonly unknown[]): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await pool.query(
    `SELECT "iterationId", stage, "setId", count(*)::int AS questions FROM (
       SELECT DISTINCT asked.iteration_id AS "iterationId", asked.stage, question.question_set_id AS "setId", question.id
       FROM rollout_group AS asked JOIN question ON question.id = asked.question_id
       WHERE asked.run_id = ${visibleRun} AND ($4::text IS NULL OR question.kind = $4)
     ) AS each GROUP BY 1, 2, 3`,
    [...values],
  );
  const counted = z.array(placeSchema.extend({ questions: z.int() })).parse(rows);
  return new Map(counted.map((row) => [keyOf(row), row.questions]));
};

const correctedSchema = placeSchema.extend({ correctedConsistency: z.int(), correctedAccuracy: z.int() });
type Corrected = Pick<BenchmarkCell, 'correctedConsistency' | 'correctedAccuracy'>;

/** Rollouts whose last act about a check is a correction; acts on verdicts are few, so they lead. */
const countCorrected = async (values: readonly unknown[]): Promise<ReadonlyMap<string, Corrected>> => {
  const { rows } = await pool.query(
    `SELECT iteration_id AS "iterationId", stage, question_set_id AS "setId",
            count(*) FILTER (WHERE "check" = 'consistency')::int AS "correctedConsistency",
            count(*) FILTER (WHERE "check" = 'accuracy')::int AS "correctedAccuracy"
     FROM (
       SELECT DISTINCT ON (decision.rollout_id, decision."check") decision."check", decision.action,
              rollout.iteration_id, rollout.stage, rollout.question_set_id
       FROM decision JOIN rollout ON rollout.id = decision.rollout_id
       WHERE rollout.run_id = ${visibleRun} AND rollout.corrected AND ($4::text IS NULL OR rollout.kind = $4)
         AND decision.rollout_id IS NOT NULL AND decision."check" IN ('consistency', 'accuracy')
       ORDER BY decision.rollout_id, decision."check", decision.seq DESC
     ) AS last WHERE action = 'correct' GROUP BY 1, 2, 3`,
    [...values],
  );
  return new Map(
    z
      .array(correctedSchema)
      .parse(rows)
      .map((row) => [keyOf(row), row]),
  );
};

const listKinds = async (viewer: Viewer, runId: string): Promise<Kind[]> => {
  const { rows } = await pool.query(
    `SELECT DISTINCT question.kind FROM (
       SELECT DISTINCT question_id FROM rollout_group WHERE run_id = ${visibleRun}
     ) AS asked JOIN question ON question.id = asked.question_id`,
    runValues(viewer, runId),
  );
  const found = new Set(
    z
      .array(z.object({ kind: z.string() }))
      .parse(rows)
      .map(({ kind }) => kind),
  );
  return kinds.filter((kind) => found.has(kind));
};

/** The cells of the newest slices, and how many slices are older. */
const newestSlices = (cells: readonly BenchmarkCell[]): Pick<RunBenchmarks, 'cells' | 'olderSlices'> => {
  const slices = [...Map.groupBy(cells, ({ k, stage }) => `${k} ${stage}`).values()];
  const olderSlices = Math.max(0, slices.length - MOST_BENCHMARK_SLICES);
  return { cells: slices.slice(olderSlices).flat(), olderSlices };
};

/**
 * Of one run, narrowed to questions of one kind or to none.
 *
 * @throws AppError `not_found` for foreign runs too.
 */
export const getRunBenchmarks = async (
  viewer: Viewer,
  runId: string,
  { kind = null }: { readonly kind?: Kind | null } = {},
): Promise<RunBenchmarks> => {
  const run = await db.run.findFirst({ where: { id: runId, ...visibleTo(viewer) }, select: { id: true } });
  if (!run) throw new AppError('not_found', 'Run not found');
  const values = [...runValues(viewer, runId), kind];
  const [{ rows }, questions, corrected, known] = await Promise.all([
    pool.query(CELLS, values),
    countQuestions(values),
    countCorrected(values),
    listKinds(viewer, runId),
  ]);
  const cells = rows.map((raw): BenchmarkCell => {
    const { choice, iterationId, ...row } = cellRowSchema.parse(raw);
    const key = keyOf({ iterationId, ...row });
    const { correctedConsistency = 0, correctedAccuracy = 0 } = corrected.get(key) ?? {};
    return {
      ...row,
      benchmark: chosenBenchmark(choice, row.setName),
      questions: questions.get(key) ?? 0,
      correctedConsistency,
      correctedAccuracy,
    };
  });
  return { ...newestSlices(cells), kinds: known };
};
