import 'server-only';
/** Sums of whole slices: one pass over their rollouts, which looks at no question. */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import { wantedSlices } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import { columns, forEachMetric, squaredColumns } from '@/lib/domain/comparison/metrics';
import type { ComparedSlice } from '@/lib/domain/comparison/schema';
import { figureOf, type Total } from '@/lib/domain/comparison/tallies';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { type Slice, sliceSchema } from '@/lib/domain/slices/slice';
import { AppError } from '@/lib/errors';
import { cellColumns, columnOfCells, comparisonValues, inWanted, squaresOfCells, stageOf } from './column-sql';

const sum = z.number();
const rowSchema = z.object({
  ...sliceSchema.shape,
  runName: z.string(),
  iterationId: z.uuid(),
  estimated: z.int(),
  /** In the order of `columns`. */
  sums: z.array(sum).length(columns.length),
  /** In the order of `squaredColumns`. */
  squares: z.array(sum).length(squaredColumns.length),
});
type Row = z.infer<typeof rowSchema>;

const TOTALS = `WITH ${wantedSlices}, cell AS MATERIALIZED (
    SELECT rollout.iteration_id, rollout.facet_code, ${cellColumns},
           count(*) FILTER (WHERE rollout.token_source = 'estimate') AS estimated
    FROM rollout WHERE ${inWanted} GROUP BY 1, 2
  )
  SELECT wanted.run_id AS "runId", iteration.k, ($8::text[])[1 + wanted.side] AS stage, run.name AS "runName",
         iteration.id AS "iterationId", coalesce(sum(cell.estimated), 0)::int AS estimated,
         ARRAY[${columns.map((column) => `coalesce(${columnOfCells(column)}, 0)::float8`).join(', ')}] AS sums,
         ARRAY[${squaredColumns.map((column) => `coalesce(${squaresOfCells(column)}, 0)`).join(', ')}] AS squares
  FROM wanted JOIN run ON run.id = wanted.run_id JOIN iteration ON iteration.id = wanted.iteration_id
       LEFT JOIN cell ON cell.iteration_id = wanted.iteration_id AND ${stageOf('cell')} = wanted.stage
  GROUP BY wanted.side, wanted.run_id, iteration.id, iteration.k, run.name ORDER BY wanted.side`;

const totalOf = ({ sums, squares }: Row): Total => {
  const of = (list: readonly number[], at: number): number => list[at] ?? 0;
  const read = Object.fromEntries(columns.map((column, at) => [column, of(sums, at)]));
  return {
    ...z.record(z.enum(columns), sum).parse(read),
    squares: { accuracy: of(squares, 0), tokens: of(squares, 1), reward: of(squares, 2) },
  };
};

const sliceOf = (row: Row): ComparedSlice => {
  const { sums: _sums, squares: _squares, ...slice } = row;
  const total = totalOf(row);
  return { ...slice, rollouts: total.rollouts, figures: forEachMetric((metric) => figureOf(total, metric)) };
};

/** Each slice with its figures, in the order asked. Throws `not_found` for foreign runs, too. */
export const readTotals = async (
  viewer: Viewer,
  slices: readonly Slice[],
  narrow: Narrow,
): Promise<ComparedSlice[]> => {
  const stages = slices.map(({ stage }) => stage);
  const { rows } = await countQuery(TOTALS, [...comparisonValues(viewer, slices, narrow), stages]);
  if (rows.length < slices.length)
    throw new AppError('not_found', 'One of these slices is not there, or is not yours: choose it anew');
  return rows.map((row) => sliceOf(rowSchema.parse(row)));
};
