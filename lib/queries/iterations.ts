import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type IterationSummary,
  type IterationView,
  iterationSummarySchema,
  iterationViewSchema,
} from '@/lib/domain/iteration';
import { isMoving } from '@/lib/domain/loop/stages';
import { fetchJson } from './fetch-json';

export const iterationKeys = {
  all: ['iterations'] as const,
  list: () => [...iterationKeys.all, 'list'] as const,
  one: (iterationId: string) => [...iterationKeys.all, iterationId] as const,
};

// Events bring most news; this stands in where events are cut off.
const MOVING_POLL_MS = 5_000;

/** Iterations under way and the newest 50 that were launched. */
export const iterationsQuery = () =>
  queryOptions<IterationSummary[]>({
    queryKey: iterationKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/iterations', z.array(iterationSummarySchema), signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => isMoving(one.state)) ? MOVING_POLL_MS : false),
  });

/** One iteration. */
export const iterationQuery = (iterationId: string) =>
  queryOptions<IterationView>({
    queryKey: iterationKeys.one(iterationId),
    queryFn: ({ signal }) => fetchJson(`/api/iterations/${iterationId}`, iterationViewSchema, signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? MOVING_POLL_MS : false),
  });
