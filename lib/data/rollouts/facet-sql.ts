import 'server-only';
/** Facets as SQL over `facet_code`, which every index of the lists carries: the row itself need not be read. */
import { type CodedFacet, facetDigits } from '@/lib/domain/rollouts/facet-code';

/** The planner knows how common values are only while this stays the expression of the `CREATE STATISTICS`. */
const digitOf = (table: string, name: CodedFacet): string =>
  `${table}.facet_code / ${facetDigits[name].weight} % ${facetDigits[name].values.length}`;

/** True where the facet is one of `values`; `table` has a column `facet_code`. */
export const facetIs = (table: string, name: CodedFacet, values: readonly string[]): string => {
  const wanted = facetDigits[name].values.flatMap((value, at) => (values.includes(value) ? [at] : []));
  return `${digitOf(table, name)} = ANY('{${wanted.join(',')}}')`;
};

/** The value of the facet as text. */
export const facetValue = (table: string, name: CodedFacet): string =>
  `('{${facetDigits[name].values.join(',')}}'::text[])[1 + ${digitOf(table, name)}]`;

/** For sums over a relation `cell` with one row per `facet_code` and its count `n`: the cells with one of `values`. */
export const inCell = (name: CodedFacet, ...values: readonly string[]): string => facetIs('cell', name, values);

/** The rollouts in the cells that meet all of the conditions. */
export const countCells = (...conditions: readonly string[]): string =>
  `coalesce(sum(cell.n) FILTER (WHERE ${conditions.join(' AND ')}), 0)::int`;
