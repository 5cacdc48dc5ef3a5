import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type ReviewOverview, reviewOverviewSchema } from '@/lib/domain/loop/gate';
import {
  type PairAnswer,
  type PairFilters,
  type PairHistoryItem,
  type PairPage,
  type PairRequest,
  type PairSampleText,
  type PairView,
  pairAnswerSchema,
  pairHistoryItemSchema,
  pairPageSchema,
  pairSampleTextSchema,
  pairViewSchema,
} from '@/lib/domain/pairs/pair-view';
import { fetchJson } from './fetch-json';
import { sendJson } from './send-json';

export const pairKeys = {
  all: ['pairs'] as const,
  overview: (iterationId: string) => [...pairKeys.all, 'overview', iterationId] as const,
  one: (id: string) => [...pairKeys.all, 'one', id] as const,
  samples: (id: string) => [...pairKeys.all, 'samples', id] as const,
  history: (id: string) => [...pairKeys.all, 'history', id] as const,
};

/** Events bring most news; this stands in where they are cut off. */
const TASK_POLL_MS = 2_000;

/** Counts of an iteration's pairs, and the proposal under way. */
export const pairOverviewQuery = (iterationId: string) =>
  queryOptions<ReviewOverview>({
    queryKey: pairKeys.overview(iterationId),
    queryFn: ({ signal }) => fetchJson(`/api/pairs/overview?iteration=${iterationId}`, reviewOverviewSchema, signal),
    refetchInterval: ({ state }) => (state.data?.task ? TASK_POLL_MS : false),
  });

/** One pair with its texts. Fresh until an event says otherwise: prefetched ones must not load again when shown. */
export const pairQuery = (id: string) =>
  queryOptions<PairView>({
    queryKey: pairKeys.one(id),
    queryFn: ({ signal }) => fetchJson(`/api/pairs/${id}`, pairViewSchema, signal),
    staleTime: 60_000,
  });

/** The samples of a pair's group with their texts. */
export const pairSamplesQuery = (id: string) =>
  queryOptions<PairSampleText[]>({
    queryKey: pairKeys.samples(id),
    queryFn: ({ signal }) => fetchJson(`/api/pairs/${id}/samples`, z.array(pairSampleTextSchema), signal),
  });

export const pairHistoryQuery = (id: string) =>
  queryOptions<PairHistoryItem[]>({
    queryKey: pairKeys.history(id),
    queryFn: ({ signal }) => fetchJson(`/api/pairs/${id}/history`, z.array(pairHistoryItemSchema), signal),
  });

/**
 * One page of the queue. No query on purpose: the order must stand still under the reviewer's hands, so the page
 * reads it once and walks.
 */
export const fetchPairPage = (iterationId: string, filters: PairFilters, after: string | null): Promise<PairPage> => {
  const search = new URLSearchParams({ iteration: iterationId });
  if (filters.type) search.set('type', filters.type);
  if (filters.state) search.set('state', filters.state);
  if (filters.stale) search.set('stale', filters.stale);
  if (after !== null) search.set('after', after);
  return fetchJson(`/api/pairs?${search}`, pairPageSchema);
};

/** Sends one act; the same `decisionId` again is the same act. Throws `AppError` with the server's sentence. */
export const sendDecision = (pairId: string, decisionId: string, request: PairRequest): Promise<PairAnswer> =>
  sendJson(`/api/pairs/${pairId}/decisions`, { decisionId, request }, pairAnswerSchema);

/** Takes the viewer's latest act in a queue back. */
export const sendUndo = (iterationId: string, decisionId: string): Promise<PairAnswer> =>
  sendJson('/api/pairs/undo', { decisionId, iterationId }, pairAnswerSchema);
