/**
 * Facet counts. The database groups the rollouts once by all facets together (the cube); every count on the screen
 * follows from its cells, and toggling a facet asks nobody.
 */
import { z } from 'zod';
import type { Proportion } from '@/lib/domain/stats/proportion';
import { inconsistencyRate } from '@/lib/domain/stats/rates';
import { type FacetName, facetNames, facetValues, forEachFacet, type RolloutFilter } from './filter';

const COUNT_AT = facetNames.length;

/** A cell is one index into `values` for each facet, in the order of `facetNames`, and last its count of rollouts. */
export const facetCubeSchema = z.object({
  values: z.record(z.enum(facetNames), z.array(z.string())),
  cells: z.array(z.array(z.int().nonnegative()).length(COUNT_AT + 1)),
});
export type FacetCube = z.infer<typeof facetCubeSchema>;

/** One group of rollouts that agree in every facet. */
export type FacetCell = { readonly values: Readonly<Record<FacetName, string>>; readonly count: number };

export type FacetOption = { readonly value: string; readonly count: number };
export type Facets = {
  /** Rollouts that pass every filter. */
  readonly total: number;
  /** Per facet the counts of its values with its own filter left out: what choosing the value would show. */
  readonly options: Readonly<Record<FacetName, readonly FacetOption[]>>;
};

const byNumber = (a: string, b: string): number => Number(a) - Number(b);

/** Packs cells for the wire: texts once, cells as numbers. */
export const packFacetCube = (cells: readonly FacetCell[]): FacetCube => {
  const positions = forEachFacet(() => new Map<string, number>());
  const positionOf = (name: FacetName, value: string): number => {
    const known = positions[name].get(value);
    if (known !== undefined) return known;
    positions[name].set(value, positions[name].size);
    return positions[name].size - 1;
  };
  const packed = cells.map(({ values, count }) => [...facetNames.map((name) => positionOf(name, values[name])), count]);
  return { values: forEachFacet((name) => [...positions[name].keys()]), cells: packed };
};

const orderOf = (name: FacetName, present: readonly string[], chosen: readonly string[]): string[] => {
  const all = [...new Set([...present, ...chosen])];
  const fixed = facetValues[name];
  if (fixed) return fixed.filter((value) => all.includes(value));
  return name === 'iteration' ? all.sort(byNumber) : all.sort();
};

/**
 * Counts for a filter. A cell that passes all facets counts everywhere; one that fails exactly one facet still counts
 * for that facet, since each facet's own filter is left out of its counts.
 */
export const deriveFacets = (cube: FacetCube, filter: RolloutFilter): Facets => {
  const counts = facetNames.map((name) => new Array<number>(cube.values[name].length).fill(0));
  const passes = facetNames.map((name) => {
    const chosen = filter.facets[name];
    return cube.values[name].map((value) => chosen.length === 0 || chosen.includes(value));
  });
  let total = 0;
  for (const cell of cube.cells) {
    const count = cell[COUNT_AT] ?? 0;
    const failing = facetNames.flatMap((_, at) => (passes[at]?.[cell[at] ?? 0] ? [] : [at]));
    if (failing.length > 1) continue;
    if (failing.length === 0) total += count;
    for (const at of failing.length === 0 ? facetNames.keys() : failing) {
      const column = counts[at];
      const value = cell[at] ?? 0;
      if (column) column[value] = (column[value] ?? 0) + count;
    }
  }
  const options = forEachFacet((name) => {
    const column = counts[facetNames.indexOf(name)] ?? [];
    return orderOf(name, cube.values[name], filter.facets[name]).map((value) => ({
      value,
      count: column[cube.values[name].indexOf(value)] ?? 0,
    }));
  });
  return { total, options };
};

/** How many of one facet's rollouts have a value; 0 when none is there. */
export const countOf = (facets: Facets, name: FacetName, value: string): number =>
  facets.options[name].find((option) => option.value === value)?.count ?? 0;

export type ConsistencyCount = {
  readonly consistent: number;
  readonly inconsistent: number;
  readonly undetermined: number;
  readonly unverified: number;
  /** inconsistent / (consistent + inconsistent), with its 95 % interval. */
  readonly rate: Proportion;
};

/** Consistency over the rollouts that pass the filter, its own consistency facet left out. */
export const countConsistency = (facets: Facets): ConsistencyCount => {
  const count = (value: string) => countOf(facets, 'consistency', value);
  const [consistent, inconsistent, undetermined] = [count('consistent'), count('inconsistent'), count('undetermined')];
  const { rate } = inconsistencyRate({ consistent, inconsistent, undetermined });
  return { consistent, inconsistent, undetermined, unverified: count('unknown'), rate };
};
