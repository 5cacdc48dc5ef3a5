import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type SliceSummary, sliceSummarySchema } from '@/lib/domain/slices/slice';
import { fetchJson } from './fetch-json';
import { runKeys } from './runs';

/** The slices of a run, by iteration. New rollouts make it stale, as everything of a run. */
export const slicesQuery = (runId: string) =>
  queryOptions<SliceSummary[]>({
    queryKey: [...runKeys.all, 'slices', runId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/slices?${new URLSearchParams({ run: runId })}`, z.array(sliceSummarySchema), signal),
    staleTime: 30_000,
  });
