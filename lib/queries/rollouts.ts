/** Client reads of rollouts. Keys go from general to specific: invalidating `rolloutKeys.all` reaches every rate. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { rolloutDetailSchema } from '@/lib/domain/rollouts/detail';
import {
  formatRolloutFilter,
  formatRolloutList,
  type RolloutFilter,
  type RolloutListState,
  withoutFacets,
} from '@/lib/domain/rollouts/filter';
import {
  type RolloutFacets,
  type RolloutListPage,
  rolloutFacetsSchema,
  rolloutListPageSchema,
} from '@/lib/domain/rollouts/row';
import { fetchJson } from './fetch-json';

export const rolloutKeys = {
  all: ['rollouts'] as const,
  list: (address: string) => [...rolloutKeys.all, 'list', address] as const,
  facets: (address: string) => [...rolloutKeys.all, 'facets', address] as const,
  detail: (rolloutId: string) => [...rolloutKeys.all, 'detail', rolloutId] as const,
};

/** No cursor: the beginning of the list. */
const FIRST = '';

/** Pages of the list, each asked for when the person comes near its end. */
export const rolloutListQuery = (state: RolloutListState, initial?: RolloutListPage) => {
  const address = formatRolloutList(state).toString();
  return infiniteQueryOptions({
    queryKey: rolloutKeys.list(address),
    queryFn: ({ pageParam, signal }) => {
      const params = formatRolloutList(state);
      if (pageParam !== FIRST) params.set('cursor', pageParam);
      return fetchJson(`/api/rollouts?${params}`, rolloutListPageSchema, signal);
    },
    initialPageParam: FIRST,
    getNextPageParam: (page) => page.nextCursor,
    ...(initial ? { initialData: { pages: [initial], pageParams: [FIRST] } } : {}),
  });
};

/** Counts of every facet for what is not a facet: toggling one asks nobody. */
export const rolloutFacetsQuery = (filter: RolloutFilter, initial?: RolloutFacets) => {
  const address = formatRolloutFilter(withoutFacets(filter)).toString();
  return queryOptions({
    queryKey: rolloutKeys.facets(address),
    queryFn: ({ signal }) => fetchJson(`/api/rollouts/facets?${address}`, rolloutFacetsSchema, signal),
    staleTime: 30_000,
    ...(initial ? { initialData: initial } : {}),
  });
};

/** One rollout with its text, verdict and history. */
export const rolloutDetailQuery = (rolloutId: string) =>
  queryOptions({
    queryKey: rolloutKeys.detail(rolloutId),
    queryFn: ({ signal }) => fetchJson(`/api/rollouts/${rolloutId}`, rolloutDetailSchema, signal),
  });
