import 'server-only';
/**
 * What a run's rollouts count up to by slice and question set. Everything about rollouts is added up by PostgreSQL in
 * the index `rollout_run_seq`; what crosses is one row per cell.
 */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import { db } from '@/lib/data/db';
import { countCells, facetValue, inCell } from '@/lib/data/rollouts/facet-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { runValues, visibleRun } from '@/lib/data/visible-sql';
import { chosenBenchmark, storedBenchmarkChoiceSchema } from '@/lib/domain/benchmarks/benchmark';
import {
  type BenchmarkCell,
  benchmarkCellSchema,
  MOST_BENCHMARK_SLICES,
  type RunBenchmarks,
} from '@/lib/domain/benchmarks/cell';
import { type Kind, kindSchema, kinds } from '@/lib/domain/question';
import { type Stage, stageSchema, stages } from '@/lib/domain/rollout';
import { AppError } from '@/lib/errors';

/** `$4` is a kind or null for all. */
const CELLS = `
  WITH cell AS MATERIALIZED (
    SELECT iteration_id, question_set_id, facet_code, count(*) AS n, count(accuracy) AS scored,
           sum(accuracy::float8) AS total, sum(accuracy::float8 * accuracy) AS squares
    FROM rollout WHERE run_id = ${visibleRun} GROUP BY 1, 2, 3
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

const askedSchema = placeSchema.extend({ kind: kindSchema, questions: z.int() });
type Asked = z.infer<typeof askedSchema>;

/** Groups are a fraction of the rollouts: the questions asked are counted in them, of every kind. */
const listAsked = async (viewer: Viewer, runId: string): Promise<Asked[]> => {
  const { rows } = await countQuery(
    `SELECT "iterationId", stage, question.question_set_id AS "setId", question.kind, count(*)::int AS questions FROM (
       SELECT DISTINCT iteration_id AS "iterationId", stage, question_id FROM rollout_group WHERE run_id = ${visibleRun}
     ) AS asked JOIN question ON question.id = asked.question_id GROUP BY 1, 2, 3, 4`,
    runValues(viewer, runId),
  );
  return z.array(askedSchema).parse(rows);
};

/** How many rollouts people corrected, by place and check. Acts on verdicts are few, so they lead. */
const CORRECTED = `
  WITH act AS MATERIALIZED (
    SELECT DISTINCT ON (rollout_id, "check") rollout_id, "check", action FROM decision
    WHERE project_id = (SELECT project_id FROM run WHERE id = ${visibleRun})
      AND rollout_id IS NOT NULL AND "check" IN ('consistency', 'accuracy') ORDER BY rollout_id, "check", seq DESC
  )
  SELECT rollout.iteration_id AS "iterationId", rollout.stage, rollout.question_set_id AS "setId",
         count(*) FILTER (WHERE act."check" = 'consistency')::int AS "correctedConsistency",
         count(*) FILTER (WHERE act."check" = 'accuracy')::int AS "correctedAccuracy"
  FROM act JOIN rollout ON rollout.id = act.rollout_id
  WHERE act.action = 'correct' AND rollout.run_id = ${visibleRun} AND ($4::text IS NULL OR rollout.kind = $4)
  GROUP BY 1, 2, 3`;

const correctedSchema = placeSchema.extend({ correctedConsistency: z.int(), correctedAccuracy: z.int() });

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
  const [counted, acts, asked] = await Promise.all([
    countQuery(CELLS, values),
    countQuery(CORRECTED, values),
    listAsked(viewer, runId),
  ]);
  const corrected = new Map(
    z
      .array(correctedSchema)
      .parse(acts.rows)
      .map((row) => [keyOf(row), row]),
  );
  const wanted = Map.groupBy(kind ? asked.filter((row) => row.kind === kind) : asked, keyOf);
  const cells = z
    .array(cellRowSchema)
    .parse(counted.rows)
    .map(({ choice, iterationId, ...row }): BenchmarkCell => {
      const key = keyOf({ iterationId, ...row });
      const people = corrected.get(key);
      return {
        ...row,
        benchmark: chosenBenchmark(choice, row.setName),
        questions: (wanted.get(key) ?? []).reduce((sum, { questions }) => sum + questions, 0),
        correctedConsistency: people?.correctedConsistency ?? 0,
        correctedAccuracy: people?.correctedAccuracy ?? 0,
      };
    });
  return { ...newestSlices(cells), kinds: kinds.filter((known) => asked.some((row) => row.kind === known)) };
};
