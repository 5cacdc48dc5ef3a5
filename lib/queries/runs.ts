import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type RunOverview, type RunSummary, runOverviewSchema, runSummarySchema } from '@/lib/domain/run';
import { fetchJson } from './fetch-json';

export const runKeys = {
  all: ['runs'] as const,
  list: () => [...runKeys.all, 'list'] as const,
  overview: (runId: string) => [...runKeys.all, runId] as const,
};

/** The newest 200 runs. */
export const runsQuery = () =>
  queryOptions<RunSummary[]>({
    queryKey: runKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/runs', z.array(runSummarySchema), signal),
  });

/** One run's loop and figures. */
export const runOverviewQuery = (runId: string) =>
  queryOptions<RunOverview>({
    queryKey: runKeys.overview(runId),
    queryFn: ({ signal }) => fetchJson(`/api/runs/${runId}`, runOverviewSchema, signal),
  });
