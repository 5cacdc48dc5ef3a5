import 'server-only';
/** The columns of a comparison as SQL, and what narrows the slices. */
import { facetIs } from '@/lib/data/rollouts/facet-sql';
import { sliceValues } from '@/lib/data/slices/slice-sql';
import type { Viewer } from '@/lib/data/viewer';
import type { Column } from '@/lib/domain/comparison/metrics';
import { type CodedFacet, facetDigits } from '@/lib/domain/rollouts/facet-code';
import type { Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';

const kindDigits = facetDigits.kind;

/** The kind of a rollout as its place in the facet's values. */
export const kindDigit = `rollout.facet_code / ${kindDigits.weight} % ${kindDigits.values.length}`;

/** True for rollouts that the page is narrowed to; `$6` and `$7` are the last two of `comparisonValues`. */
export const inNarrow = `($6::uuid[] IS NULL OR rollout.question_set_id = ANY($6))
  AND ($7::int[] IS NULL OR ${kindDigit} = ANY($7))`;

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

/** Facets that a rollout must have to be counted in a column. */
const facetsOf: Readonly<Record<Exclude<Column, Plain>, Partial<Record<CodedFacet, readonly string[]>>>> = {
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

const where = (table: string, { correct, consistency, repetitive, wellFormed, lengthClass }: Facets): string =>
  [
    correct ? facetIs(table, 'correct', correct) : '',
    consistency ? facetIs(table, 'consistency', consistency) : '',
    repetitive ? facetIs(table, 'repetitive', repetitive) : '',
    wellFormed ? facetIs(table, 'wellFormed', wellFormed) : '',
    lengthClass ? facetIs(table, 'lengthClass', lengthClass) : '',
  ]
    .filter((condition) => condition !== '')
    .join(' AND ');
type Facets = (typeof facetsOf)[keyof typeof facetsOf];

const isPlain = (column: Column): column is Plain => Object.hasOwn(plainSql, column);

/** The column as an aggregate over rows of `rollout`. */
export const columnOfRows = (column: Column): string =>
  isPlain(column) ? plainSql[column] : `count(*) FILTER (WHERE ${where('rollout', facetsOf[column])})`;

/** What one pass over `rollout` sums up by `facet_code`, as the relation `cell` that `columnOfCells` counts in. */
export const cellColumns = Object.entries(plainSql)
  .map(([column, sql]) => `${sql} AS ${column}`)
  .join(', ');

/** The column as an aggregate over rows of `cell`: few rows, so that the many conditions cost nothing. */
export const columnOfCells = (column: Column): string =>
  isPlain(column)
    ? `sum(cell.${column})`
    : `coalesce(sum(cell.rollouts) FILTER (WHERE ${where('cell', facetsOf[column])}), 0)`;
