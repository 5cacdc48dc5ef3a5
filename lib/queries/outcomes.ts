import { queryOptions } from '@tanstack/react-query';
import { type Outcomes, outcomesSchema } from '@/lib/domain/outcomes/schema';
import { fetchJson } from './fetch-json';
import { runKeys } from './runs';

/** Each step of a job is news, many a minute; what its run costs so far need not be that new. */
const WHILE_RUNNING_MS = 10_000;

/**
 * What a run came to. Decisions, verdicts, rollouts and moves of the loop refresh it as they come; the time that a
 * running job has taken follows more slowly.
 */
export const outcomesQuery = (runId: string) =>
  queryOptions<Outcomes>({
    queryKey: [...runKeys.all, 'outcomes', runId] as const,
    queryFn: ({ signal }) => fetchJson(`/api/runs/${runId}/outcomes`, outcomesSchema, signal),
    refetchInterval: ({ state }) =>
      state.data?.costs.jobs.some((job) => job.state === 'running') ? WHILE_RUNNING_MS : false,
  });
