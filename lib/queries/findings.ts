import { queryOptions } from '@tanstack/react-query';
import { type Finding, findingsSchema } from '@/lib/domain/findings/finding';
import { fetchJson } from './fetch-json';
import { keepPace } from './pace';
import { runKeys } from './runs';

/** Behind them are up to three comparisons: while a run trains they follow at this pace. */
const PACE_MS = 5_000;

/** What a run's figures answer. */
export const findingsQuery = (runId: string) =>
  queryOptions<Finding[]>({
    queryKey: [...runKeys.all, 'findings', runId],
    queryFn: async (context) => {
      await keepPace(context, PACE_MS);
      return fetchJson(`/api/runs/${runId}/findings`, findingsSchema, context.signal);
    },
  });
