import 'server-only';
/**
 * Sums by question: PostgreSQL adds up the rollouts, and hands over one row per slice with a list for each column. Tens
 * of thousands of questions stay on the server.
 */
import { z } from 'zod';
import { countQuery } from '@/lib/data/count-query';
import { wantedSlices } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import { type Column, columnAt, columns } from '@/lib/domain/comparison/metrics';
import { type QuestionCell, type Tallies, WIDTH } from '@/lib/domain/comparison/tallies';
import { kindSchema } from '@/lib/domain/question';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { AppError } from '@/lib/errors';
import { breathe } from './breathe';
import { type ColumnSum, comparisonValues, inWanted, readSum, sumsOf } from './column-sql';

/** Every list of a slice is in the order of the questions. As text: the driver would take each number by itself. */
const listOf = (name: string): string => `array_to_string(array_agg(tally.${name} ORDER BY tally.question_id), ' ')`;

/** The first two digits of a facet code are the stage and the kind: one number to group by. */
const place = `rollout.facet_code / ${facetDigits.kind.weight}`;
const kinds = facetDigits.kind.values.length;

const talliesOf = (sums: readonly ColumnSum[]): string => `WITH ${wantedSlices}, tally AS MATERIALIZED (
    SELECT rollout.iteration_id, ${place} AS place, rollout.question_id, rollout.question_set_id,
           ${sums.map(({ sql }, at) => `${sql} AS sum_${at}`).join(', ')}
    FROM rollout WHERE ${inWanted} GROUP BY 1, 2, 3, 4
  )
  SELECT wanted.side, ${listOf('question_id')} AS questions, ${listOf('question_set_id')} AS sets,
         ${listOf('kind')} AS kinds, ${sums.map((_, at) => `${listOf(`sum_${at}`)} AS sum_${at}`).join(', ')}
  FROM wanted LEFT JOIN (
    SELECT tally.*, place / ${kinds} AS stage, place % ${kinds} AS kind FROM tally
  ) AS tally ON tally.iteration_id = wanted.iteration_id AND tally.stage = wanted.stage
  GROUP BY wanted.side ORDER BY wanted.side`;

const list = z.string().nullable();
/** And `sum_0`, `sum_1`, …: by themselves, since the driver takes an array apart character by character. */
const rowSchema = z.object({ side: z.int(), questions: list, sets: list, kinds: list }).catchall(list);
type Row = z.infer<typeof rowSchema>;

const words = (text: string | null): string[] => (text === null || text === '' ? [] : text.split(' '));

/** Numbers the questions and the cells in the order they come. */
const numberAll = async (rows: readonly Row[]) => {
  const placeOf = new Map<string, number>();
  const cellIds = new Map<string, number>();
  const cells: QuestionCell[] = [];
  const cellOf: number[] = [];
  const numberCell = (setId: string, digit: string): number => {
    const name = `${setId} ${digit}`;
    const known = cellIds.get(name);
    if (known !== undefined) return known;
    cellIds.set(name, cells.length);
    return cells.push({ setId, kind: kindSchema.parse(facetDigits.kind.values[Number(digit)]) }) - 1;
  };
  const placesOf: Int32Array[] = [];
  for (const { questions, sets, kinds } of rows) {
    const [setIds, digits] = [words(sets), words(kinds)];
    const places = Int32Array.from(words(questions), (id, at) => {
      const known = placeOf.get(id);
      if (known !== undefined) return known;
      cellOf.push(numberCell(setIds[at] ?? '', digits[at] ?? ''));
      placeOf.set(id, placeOf.size);
      return placeOf.size - 1;
    });
    placesOf.push(places);
    await breathe();
  }
  return { questionIds: [...placeOf.keys()], cellOf: Int32Array.from(cellOf), cells, placesOf };
};

/** Adds the numbers of one list to its columns. A question whose kind has changed comes in several rows: they add up. */
const addSum = (values: Float64Array, places: Int32Array, sum: ColumnSum, list: readonly string[]): void => {
  const [low, high] = [columnAt(sum.low), sum.high === null ? null : columnAt(sum.high)];
  for (const [at, word] of list.entries()) {
    const start = (places[at] ?? 0) * WIDTH;
    const read = readSum(sum, Number(word));
    values[start + low] = (values[start + low] ?? 0) + read.low;
    if (high !== null) values[start + high] = (values[start + high] ?? 0) + read.high;
  }
};

/**
 * The tallies of each slice, in the order asked; columns that are not wanted stay 0, but for the number of rollouts.
 * Throws `not_found` for foreign runs, too.
 */
export const readTallies = async (
  viewer: Viewer,
  slices: readonly Slice[],
  narrow: Narrow,
  wanted: readonly Column[] = columns,
): Promise<Tallies> => {
  const sums = sumsOf([...new Set<Column>(['rollouts', ...wanted])]);
  const { rows: raw } = await countQuery(talliesOf(sums), comparisonValues(viewer, slices, narrow));
  if (raw.length < slices.length)
    throw new AppError('not_found', 'One of these slices is not there, or is not yours: choose it anew');
  const rows = raw.map((row) => rowSchema.parse(row));
  const { questionIds, cellOf, cells, placesOf } = await numberAll(rows);
  const sides: Float64Array[] = [];
  for (const [side, row] of rows.entries()) {
    const values = new Float64Array(questionIds.length * WIDTH);
    const places = placesOf[side] ?? new Int32Array();
    for (const [at, sum] of sums.entries()) {
      addSum(values, places, sum, words(row[`sum_${at}`] ?? null));
      await breathe();
    }
    sides.push(values);
  }
  return { questionIds, cellOf, cells, sides };
};
