import 'server-only';
/**
 * Which rollouts a question about lengths counts, as SQL over the index `rollout_run_seq`: all of the runs are gone through
 * once and told apart by slice, since as many scans as slices take longer.
 */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { facetIs } from '@/lib/data/rollouts/facet-sql';
import { sliceValues, wantedSlices } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import { type LengthSlice, lengthSliceSchema } from '@/lib/domain/lengths/schema';
import type { LengthFacet, LengthNarrow, LengthUnit } from '@/lib/domain/lengths/selection';
import { facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Slice } from '@/lib/domain/slices/slice';

/** The column that holds a length; null until it is counted. */
export const lengthColumn: Readonly<Record<LengthUnit, string>> = {
  tokens: 'rollout.think_tokens',
  words: 'rollout.think_words',
  sentences: 'rollout.think_sentences',
};

const digit = (name: keyof typeof facetDigits): string =>
  `rollout.facet_code / ${facetDigits[name].weight} % ${facetDigits[name].values.length}`;

/** The stage of a rollout as `wanted` numbers it. */
export const stageDigit = digit('stage');
/** 0 for right, 1 for wrong, 2 for neither. */
export const correctDigit = digit('correct');

/** The value of a facet: a number where the facet has few values, a set's id, or 0 for no facet. */
export const facetPart = (facet: LengthFacet | null): string =>
  facet === null ? '0' : facet === 'set' ? 'rollout.question_set_id' : digit(facet);

/** The text of what `facetPart` gave; null for no facet. */
export const partValue = (facet: LengthFacet | null, part: string | number): string | null =>
  facet === null ? null : facet === 'set' ? String(part) : (facetDigits[facet].values[Number(part)] ?? '');

/** The order of a facet's values: sets by name. */
export const partOrder =
  (facet: LengthFacet | null, names: Readonly<Record<string, string>>) =>
  (a: string, b: string): number => {
    if (facet === null) return 0;
    if (facet === 'set') return (names[a] ?? '').localeCompare(names[b] ?? '') || a.localeCompare(b);
    return facetDigits[facet].values.indexOf(a) - facetDigits[facet].values.indexOf(b);
  };

export type LengthScope = {
  readonly viewer: Viewer;
  readonly slices: readonly Slice[];
  readonly narrow: LengthNarrow;
};

/** `with` names `wanted`; `where` is over `rollout`; further values are pushed behind. */
export const lengthScope = ({ viewer, slices, narrow }: LengthScope) => {
  const values = sliceValues(viewer, slices);
  const conditions = ['rollout.run_id = ANY(ARRAY(SELECT run_id FROM wanted))'];
  if (narrow.set.length > 0) {
    conditions.push(`rollout.question_set_id = ANY($${values.push(narrow.set)}::uuid[])`);
  }
  for (const name of ['kind', 'correct', 'consistency'] as const) {
    if (narrow[name].length > 0) conditions.push(facetIs('rollout', name, narrow[name]));
  }
  return { with: wantedSlices, where: conditions.join(' AND '), values };
};

const codeOf = (ids: string, iterationId: string, stage: string): string =>
  `array_position(${ids}, ${iterationId}) * ${facetDigits.stage.values.length} + ${stage}`;

/** `WITH` parts behind `wanted`: its iterations in one list, and the places of its slices as numbers. */
export const turnParts = `turn AS MATERIALIZED (
  SELECT array_agg(DISTINCT iteration_id) AS ids FROM wanted
), place AS MATERIALIZED (
  SELECT array_agg(${codeOf('turn.ids', 'wanted.iteration_id', 'wanted.stage')}) AS codes FROM wanted, turn
)`;
/** Where a rollout lies, as one number: sorting and grouping by it is quicker than by an id. */
export const placeCode = codeOf('(SELECT ids FROM turn)', 'rollout.iteration_id', stageDigit);
/** The rollout lies in a slice; a join would be as right, but a plan that makes it early reads the run once a slice. */
export const isPlaced = `${placeCode} = ANY((SELECT codes FROM place)::int[])`;
/** Back from the number to what `sliceOf` joins. */
export const placeOfCode = (code: string): string =>
  `(SELECT ids FROM turn)[(${code} / ${facetDigits.stage.values.length})::int] AS iteration_id,
   (${code} % ${facetDigits.stage.values.length})::int AS stage`;

/** Joins something with an `iteration_id` and a `stage` as above to its slice. */
export const sliceOf = (table: string): string =>
  `wanted.iteration_id = ${table}.iteration_id AND wanted.stage = ${table}.stage`;

const seenSchema = z.object({ side: z.int(), runName: z.string() });

/**
 * The asked slices that the viewer may see, in the order asked, and by `side` their index among them: foreign ones and
 * those that do not exist are dropped.
 */
export const readSlices = async (
  viewer: Viewer,
  slices: readonly Slice[],
): Promise<{ seen: LengthSlice[]; indexOf: ReadonlyMap<number, number> }> => {
  const { rows } = await pool.query(
    `WITH ${wantedSlices} SELECT wanted.side, run.name AS "runName" FROM wanted JOIN run ON run.id = wanted.run_id
     ORDER BY wanted.side`,
    sliceValues(viewer, slices),
  );
  const found = rows.map((row) => seenSchema.parse(row));
  return {
    seen: found.map(({ side, runName }) => lengthSliceSchema.parse({ ...slices[side], runName })),
    indexOf: new Map(found.map(({ side }, at) => [side, at])),
  };
};

const nameSchema = z.object({ id: z.uuid(), name: z.string() });

/** What the viewer's question sets of these ids are called. */
export const readSetNames = async (viewer: Viewer, ids: readonly string[]): Promise<Record<string, string>> => {
  if (ids.length === 0) return {};
  const { rows } = await pool.query(
    `SELECT question_set.id, question_set.name FROM question_set
     JOIN member ON member.project_id = question_set.project_id AND member.user_id = $1
     WHERE question_set.id = ANY($3::uuid[]) AND ($2::uuid IS NULL OR question_set.project_id = $2)`,
    [viewer.userId, viewer.projectId ?? null, ids],
  );
  return Object.fromEntries(rows.map((row) => nameSchema.parse(row)).map(({ id, name }) => [id, name]));
};
