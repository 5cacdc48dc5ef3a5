/** What the page of lengths is asked for: which rollouts, counted in what, told apart by what. The same in its address and its API. */
import { z } from 'zod';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { facetValues } from '@/lib/domain/rollouts/filter';
import { formatSlices, type Narrow, parseNarrow, wholeSlices } from '@/lib/domain/slices/narrow';
import { parseSlices, type Slice } from '@/lib/domain/slices/slice';

/** How the thinking is counted. */
export const lengthUnits = ['tokens', 'words', 'sentences'] as const;
export const lengthUnitSchema = z.enum(lengthUnits);
export type LengthUnit = z.infer<typeof lengthUnitSchema>;

/** What a page of small charts has one chart each for. */
export const lengthFacets = ['kind', 'set', 'correct', 'consistency'] as const satisfies readonly FacetName[];
export const lengthFacetSchema = z.enum(lengthFacets);
export type LengthFacet = z.infer<typeof lengthFacetSchema>;

export const lengthScales = ['linear', 'log'] as const;
export const lengthScaleSchema = z.enum(lengthScales);
export type LengthScale = z.infer<typeof lengthScaleSchema>;

/** What narrows every slice alike, under the names of the list of rollouts. */
export type LengthNarrow = Narrow & { readonly correct: readonly string[]; readonly consistency: readonly string[] };

/** How lengths are shown. */
export type LengthLook = {
  readonly unit: LengthUnit;
  /** Null lays all over each other. */
  readonly facet: LengthFacet | null;
  readonly scale: LengthScale;
};

export type LengthSelection = LengthLook & { readonly slices: readonly Slice[]; readonly narrow: LengthNarrow };

export const wholeLengths: LengthNarrow = { ...wholeSlices, correct: [], consistency: [] };

/** As many as one chart may overlay; the newest of a run's are shown where the address names none. */
export const SLICES_SHOWN = 6;

const known = (params: URLSearchParams, name: 'correct' | 'consistency'): string[] => {
  const asked = new Set(params.getAll(name));
  return (facetValues[name] ?? []).filter((value) => asked.has(value));
};

const oneOf = <T>(params: URLSearchParams, name: string, schema: z.ZodType<T>): T | null =>
  schema.safeParse(params.get(name)).data ?? null;

/** What an address says that is on no list is as if it were left out. */
export const parseLengthSelection = (params: URLSearchParams): LengthSelection => ({
  slices: parseSlices(params),
  narrow: { ...parseNarrow(params), correct: known(params, 'correct'), consistency: known(params, 'consistency') },
  unit: oneOf(params, 'unit', lengthUnitSchema) ?? 'tokens',
  facet: oneOf(params, 'facet', lengthFacetSchema),
  scale: oneOf(params, 'scale', lengthScaleSchema) ?? 'linear',
});

/** The query string; defaults are left out. */
export const formatLengthSelection = ({ slices, narrow, unit, facet, scale }: LengthSelection): URLSearchParams => {
  const params = formatSlices(slices, narrow);
  for (const name of ['correct', 'consistency'] as const) {
    for (const value of narrow[name]) params.append(name, value);
  }
  if (unit !== 'tokens') params.set('unit', unit);
  if (facet !== null) params.set('facet', facet);
  if (scale !== 'linear') params.set('scale', scale);
  return params;
};
