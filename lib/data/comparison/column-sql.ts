import 'server-only';
/** The columns of a comparison as SQL, and what narrows the slices. */
import { facetIs } from '@/lib/data/rollouts/facet-sql';
import { sliceValues } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import type { Column, squaredColumns } from '@/lib/domain/comparison/metrics';
import { type CodedFacet, facetDigits, readFacetCode } from '@/lib/domain/rollouts/facet-code';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';

const kindDigits = facetDigits.kind;

/** The kind of a rollout as its place in the facet's values. */
const kindDigit = `rollout.facet_code / ${kindDigits.weight} % ${kindDigits.values.length}`;

/** True for rollouts that the page is narrowed to; `$6` and `$7` are the last two of `comparisonValues`. */
const inNarrow = `($6::uuid[] IS NULL OR rollout.question_set_id = ANY($6))
  AND ($7::int[] IS NULL OR ${kindDigit} = ANY($7))`;

/** The stage of a row with a `facet_code`, as `wanted` numbers it. */
export const stageOf = (table: string): string =>
  `${table}.facet_code / ${facetDigits.stage.weight} % ${facetDigits.stage.values.length}`;

/**
 * True for rollouts that may lie in `wanted`: the runs are gone through once in the index `rollout_run_seq`, and told apart
 * by slice once they are added up. A join would read a run once for each of its slices.
 */
export const inWanted = `rollout.run_id = ANY(ARRAY(SELECT run_id FROM wanted))
  AND rollout.iteration_id = ANY(ARRAY(SELECT iteration_id FROM wanted))
  AND ${stageOf('rollout')} = ANY(ARRAY(SELECT stage FROM wanted)) AND ${inNarrow}`;

const orAll = <T>(values: readonly T[]): readonly T[] | null => (values.length === 0 ? null : values);

/** `$1`–`$7` of every query of a comparison. */
export const comparisonValues = (viewer: Viewer, slices: readonly Slice[], { set, kind }: Narrow): unknown[] => [
  ...sliceValues(viewer, slices),
  orAll(set),
  orAll(kind.map((name) => kindDigits.values.indexOf(name))),
];

type Plain = 'rollouts' | 'scored' | 'measured' | 'rewarded' | 'accuracy' | 'tokens' | 'reward';

/** What is no facet, over rows of `rollout`. */
const plainSql: Readonly<Record<Plain, string>> = {
  rollouts: 'count(*)',
  scored: 'count(rollout.accuracy)',
  measured: 'count(rollout.think_tokens)',
  rewarded: 'count(rollout.reward)',
  accuracy: 'coalesce(sum(rollout.accuracy::float8), 0)',
  tokens: 'coalesce(sum(rollout.think_tokens), 0)',
  reward: 'coalesce(sum(rollout.reward::float8), 0)',
};

type Counted = Exclude<Column, Plain>;
type Facets = Partial<Record<CodedFacet, readonly string[]>>;

/** Facets that a rollout must have to be counted in a column. */
const facetsOf: Readonly<Record<Counted, Facets>> = {
  judged: { correct: ['yes', 'no'] },
  correct: { correct: ['yes'] },
  decided: { consistency: ['consistent', 'inconsistent'] },
  inconsistent: { consistency: ['inconsistent'] },
  rightConsistent: { correct: ['yes'], consistency: ['consistent'] },
  readRepetition: { repetitive: ['yes', 'no'] },
  repetitive: { repetitive: ['yes'] },
  readFormat: { wellFormed: ['yes', 'no'] },
  malformed: { wellFormed: ['no'] },
  readLength: { lengthClass: ['too_short', 'in_range', 'too_long', 'cut_off'] },
  cutOff: { lengthClass: ['cut_off'] },
};

const isPlain = (column: Column): column is Plain => Object.hasOwn(plainSql, column);
const isCounted = (column: Column): column is Counted => !isPlain(column);

const counts = (code: number, column: Counted): boolean => {
  const { correct, consistency, wellFormed, repetitive, lengthClass } = facetsOf[column];
  const read = readFacetCode(code);
  return (
    (correct ?? [read.correct]).includes(read.correct) &&
    (consistency ?? [read.consistency]).includes(read.consistency) &&
    (wellFormed ?? [read.wellFormed]).includes(read.wellFormed) &&
    (repetitive ?? [read.repetitive]).includes(read.repetitive) &&
    (lengthClass ?? [read.lengthClass]).includes(read.lengthClass)
  );
};

/** The digits of a code that columns look at, as one number: those from `correct` down to `lengthClass`. */
const least = facetDigits.lengthClass.weight;
const places = (facetDigits.correct.weight * facetDigits.correct.values.length) / least;
const facetPlace = `1 + rollout.facet_code / ${least} % ${places}`;

/** Two counts in one double, exact below 2²⁶ rollouts of a question. */
const HALF = 2 ** 26;

/** A sum over rows of `rollout`, and the columns that it holds. */
export type ColumnSum = { readonly sql: string; readonly low: Column; readonly high: Column | null };

const plainSum = (column: Plain): ColumnSum => ({ sql: plainSql[column], low: column, high: null });

/** One look into a list, whatever the columns ask of the facets, and one addition for two of them. */
const countedSum = (low: Counted, high: Counted | null): ColumnSum => {
  const addends = Array.from({ length: places }, (_, place) => {
    const code = place * least;
    return (counts(code, low) ? 1 : 0) + (high !== null && counts(code, high) ? HALF : 0);
  });
  return { sql: `sum(('{${addends.join(',')}}'::float8[])[${facetPlace}])`, low, high };
};

/** The fewest sums that hold these columns. */
export const sumsOf = (columns: readonly Column[]): ColumnSum[] => {
  const counted = columns.filter(isCounted);
  const pairs = counted.flatMap((low, at) => (at % 2 === 0 ? [countedSum(low, counted[at + 1] ?? null)] : []));
  return [...columns.filter(isPlain).map(plainSum), ...pairs];
};

/** Takes a sum apart into what it adds to its columns. */
export const readSum = ({ high }: ColumnSum, value: number): { readonly low: number; readonly high: number } => {
  const above = high === null ? 0 : Math.floor(value / HALF);
  return { low: value - above * HALF, high: above };
};

/** Count, mean and variance of what has sums of squares: to PostgreSQL one sum each for the last two together. */
const moments = (name: (typeof squaredColumns)[number], column: string): string =>
  `count(${column}) AS ${name}_n, avg(${column}::float8) AS ${name}_mean, var_pop(${column}::float8) AS ${name}_variance`;

/** What one pass over `rollout` sums up by `facet_code`, as the relation `cell` that is counted in below. */
export const cellColumns = `count(*) AS rollouts, ${moments('accuracy', 'rollout.accuracy')},
  ${moments('tokens', 'rollout.think_tokens')}, ${moments('reward', 'rollout.reward')}`;

const plainOfCells: Readonly<Record<Plain, string>> = {
  rollouts: 'sum(cell.rollouts)',
  scored: 'sum(cell.accuracy_n)',
  measured: 'sum(cell.tokens_n)',
  rewarded: 'sum(cell.reward_n)',
  accuracy: 'sum(cell.accuracy_n * cell.accuracy_mean)',
  // A sum of whole numbers.
  tokens: 'round(sum(cell.tokens_n * cell.tokens_mean))',
  reward: 'sum(cell.reward_n * cell.reward_mean)',
};

const where = ({ correct, consistency, repetitive, wellFormed, lengthClass }: Facets): string =>
  [
    correct ? facetIs('cell', 'correct', correct) : '',
    consistency ? facetIs('cell', 'consistency', consistency) : '',
    repetitive ? facetIs('cell', 'repetitive', repetitive) : '',
    wellFormed ? facetIs('cell', 'wellFormed', wellFormed) : '',
    lengthClass ? facetIs('cell', 'lengthClass', lengthClass) : '',
  ]
    .filter((condition) => condition !== '')
    .join(' AND ');

/** The column as an aggregate over rows of `cell`: few rows, so that the many conditions cost nothing. */
export const columnOfCells = (column: Column): string =>
  isPlain(column) ? plainOfCells[column] : `coalesce(sum(cell.rollouts) FILTER (WHERE ${where(facetsOf[column])}), 0)`;

/** The sum of squares as an aggregate over rows of `cell`. */
export const squaresOfCells = (name: (typeof squaredColumns)[number]): string =>
  `sum(cell.${name}_n * (cell.${name}_variance + cell.${name}_mean ^ 2))`;
