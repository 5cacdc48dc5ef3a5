import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type JobLogs, type JobMetrics, jobLogsSchema, jobMetricsSchema } from '@/lib/domain/job';
import { cursorOf, mergeMetrics } from '@/lib/domain/job-points';
import { fetchJson } from './fetch-json';

const jobKeys = {
  all: ['jobs'] as const,
  job: (jobId: string) => [...jobKeys.all, jobId] as const,
  metrics: (jobId: string) => [...jobKeys.job(jobId), 'metrics'] as const,
  logs: (jobId: string) => [...jobKeys.job(jobId), 'logs'] as const,
};

/** Its figures by phase and step. Once they are here, only those that came since are asked for. */
export const jobMetricsQuery = (jobId: string) =>
  queryOptions<JobMetrics>({
    queryKey: jobKeys.metrics(jobId),
    queryFn: async ({ client, queryKey, signal }) => {
      const url = `/api/jobs/${jobId}/metrics`;
      const known = client.getQueryData<JobMetrics>(queryKey);
      if (known !== undefined) {
        const after = encodeURIComponent(JSON.stringify(cursorOf(known.points)));
        const merged = mergeMetrics(known, await fetchJson(`${url}?after=${after}`, jobMetricsSchema, signal));
        if (merged !== null) return merged;
      }
      return fetchJson(url, jobMetricsSchema, signal);
    },
  });

/** Its log, newest lines first, older ones page by page. */
export const jobLogsQuery = (jobId: string) =>
  infiniteQueryOptions({
    queryKey: jobKeys.logs(jobId),
    queryFn: ({ signal, pageParam }): Promise<JobLogs> =>
      fetchJson(`/api/jobs/${jobId}/logs${pageParam === null ? '' : `?before=${pageParam}`}`, jobLogsSchema, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ lines, more }) => (more ? (lines.at(-1)?.seq ?? null) : null),
  });
