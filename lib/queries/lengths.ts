import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type LengthExtremes,
  type LengthPairs,
  type LengthSteps,
  type Lengths,
  type LengthWithin,
  lengthExtremesSchema,
  lengthPairsSchema,
  lengthStepsSchema,
  lengthsSchema,
  lengthWithinSchema,
} from '@/lib/domain/lengths/schema';
import { formatLengthSelection, type LengthSelection } from '@/lib/domain/lengths/selection';
import { fetchJson } from './fetch-json';

export const lengthKeys = {
  all: ['lengths'] as const,
  part: (part: string, query: string) => [...lengthKeys.all, part, query] as const,
};

const queryOf = (selection: LengthSelection): string => formatLengthSelection(selection).toString();

/** Histograms, distribution functions, quantiles, and length against accuracy. */
export const lengthsQuery = (selection: LengthSelection) => {
  const query = queryOf(selection);
  return queryOptions<Lengths>({
    queryKey: lengthKeys.part('distribution', query),
    queryFn: ({ signal }) => fetchJson(`/api/lengths?${query}`, lengthsSchema, signal),
    placeholderData: keepPreviousData,
  });
};

/** Quantiles over the steps; a facet and a scale do not change them. */
export const lengthStepsQuery = (selection: LengthSelection) => {
  const query = queryOf({ ...selection, facet: null, scale: 'linear' });
  return queryOptions<LengthSteps>({
    queryKey: lengthKeys.part('steps', query),
    queryFn: ({ signal }) => fetchJson(`/api/lengths/steps?${query}`, lengthStepsSchema, signal),
    placeholderData: keepPreviousData,
  });
};

/** Length against accuracy within a question. */
export const lengthWithinQuery = (selection: LengthSelection) => {
  const query = queryOf({ ...selection, scale: 'linear' });
  return queryOptions<LengthWithin>({
    queryKey: lengthKeys.part('within', query),
    queryFn: ({ signal }) => fetchJson(`/api/lengths/within?${query}`, lengthWithinSchema, signal),
    placeholderData: keepPreviousData,
  });
};

/** How long the sides of pairs are. */
export const lengthPairsQuery = (selection: LengthSelection) => {
  const query = queryOf({ ...selection, facet: null, scale: 'linear' });
  return queryOptions<LengthPairs>({
    queryKey: lengthKeys.part('pairs', query),
    queryFn: ({ signal }) => fetchJson(`/api/lengths/pairs?${query}`, lengthPairsSchema, signal),
    placeholderData: keepPreviousData,
  });
};

/** The longest and the shortest. */
export const lengthExtremesQuery = (selection: LengthSelection) => {
  const query = queryOf({ ...selection, facet: null, scale: 'linear' });
  return queryOptions<LengthExtremes>({
    queryKey: lengthKeys.part('extremes', query),
    queryFn: ({ signal }) => fetchJson(`/api/lengths/extremes?${query}`, lengthExtremesSchema, signal),
    placeholderData: keepPreviousData,
  });
};
