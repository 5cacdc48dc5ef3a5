import { queryOptions } from '@tanstack/react-query';
import { type Finding, findingsSchema } from '@/lib/domain/findings/finding';
import { fetchJson } from './fetch-json';
import { runKeys } from './runs';

/** What a run's figures answer. */
export const findingsQuery = (runId: string) =>
  queryOptions<Finding[]>({
    queryKey: [...runKeys.all, 'findings', runId],
    queryFn: ({ signal }) => fetchJson(`/api/runs/${runId}/findings`, findingsSchema, signal),
  });
