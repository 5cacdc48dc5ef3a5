/** Client reads of comparisons. Keys begin with `comparison`: a corrected verdict makes all of them stale. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ComparisonAsked } from '@/lib/domain/comparison/asked';
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import {
  type Changes,
  type Comparison,
  changesSchema,
  comparisonSchema,
  flipPageSchema,
} from '@/lib/domain/comparison/schema';
import { formatSlices } from '@/lib/domain/slices/narrow';
import { fetchJson } from './fetch-json';
import { keepPace } from './pace';

export const comparisonKeys = { all: ['comparison'] as const };

/** What each slice comes to. */
export const comparisonQuery = ({ slices, narrow }: ComparisonAsked) => {
  const address = formatSlices(slices, narrow).toString();
  return queryOptions<Comparison>({
    queryKey: [...comparisonKeys.all, 'slices', address],
    queryFn: ({ signal }) => fetchJson(`/api/comparison?${address}`, comparisonSchema, signal),
    enabled: slices.length > 1,
  });
};

/** Intervals are drawn anew for every change: while a run trains they follow at this pace. */
const PACE_MS = 3_000;

/** How they differ from the first; takes longer than `comparisonQuery`, which answers first. */
export const changesQuery = ({ slices, narrow }: ComparisonAsked) => {
  const address = formatSlices(slices, narrow).toString();
  return queryOptions<Changes>({
    queryKey: [...comparisonKeys.all, 'intervals', address],
    queryFn: async (context) => {
      await keepPace(context, PACE_MS);
      return fetchJson(`/api/comparison/intervals?${address}`, changesSchema, context.signal);
    },
    enabled: slices.length > 1,
  });
};

/** No cursor: the beginning of the list. */
const FIRST = '';

/** The questions behind one count of flips between two slices, page by page. */
export const flipsQuery = ({ slices, narrow }: ComparisonAsked, asked: FlipsAsked) => {
  const address = new URLSearchParams([...formatSlices(slices, narrow), ...Object.entries(asked)]).toString();
  return infiniteQueryOptions({
    queryKey: [...comparisonKeys.all, 'flips', address],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(address);
      if (pageParam !== FIRST) params.set('cursor', pageParam);
      return fetchJson(`/api/comparison/flips?${params}`, flipPageSchema, signal);
    },
    initialPageParam: FIRST,
    getNextPageParam: (page) => page.nextCursor,
  });
};
