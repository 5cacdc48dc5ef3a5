import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  lengthExtremesSchema,
  lengthPairsSchema,
  lengthStepsSchema,
  lengthsSchema,
  lengthWithinSchema,
} from '@/lib/domain/lengths/schema';
import { formatLengthSelection, type LengthLook, type LengthSelection } from '@/lib/domain/lengths/selection';
import { fetchJson } from './fetch-json';

export const lengthKeys = {
  all: ['lengths'] as const,
  part: (part: string, query: string) => [...lengthKeys.all, part, query] as const,
};

/** One part of what is known of lengths. What is shown while the next answer is under way keeps what it is `about`. */
const partQuery = <S extends z.ZodObject>(part: string, schema: S, about: LengthSelection) => {
  const query = formatLengthSelection(about).toString();
  return queryOptions<z.infer<S> & { readonly about: LengthSelection }>({
    queryKey: lengthKeys.part(part, query),
    queryFn: async ({ signal }) => ({ ...(await fetchJson(`/api/lengths${part}?${query}`, schema, signal)), about }),
    placeholderData: keepPreviousData,
  });
};

/** What does not change an answer is left out of its question, so that it is not asked again. */
const overlaid: Pick<LengthLook, 'facet' | 'scale'> = { facet: null, scale: 'linear' };

/** Histograms, distribution functions, quantiles, and length against accuracy. */
export const lengthsQuery = (selection: LengthSelection) => partQuery('', lengthsSchema, selection);

/** Quantiles over the steps. */
export const lengthStepsQuery = (selection: LengthSelection) =>
  partQuery('/steps', lengthStepsSchema, { ...selection, ...overlaid });

/** Length against accuracy within a question. */
export const lengthWithinQuery = (selection: LengthSelection) =>
  partQuery('/within', lengthWithinSchema, { ...selection, scale: 'linear' });

/** How long the sides of pairs are. */
export const lengthPairsQuery = (selection: LengthSelection) =>
  partQuery('/pairs', lengthPairsSchema, { ...selection, ...overlaid });

/** The longest and the shortest. */
export const lengthExtremesQuery = (selection: LengthSelection) =>
  partQuery('/extremes', lengthExtremesSchema, { ...selection, ...overlaid });
