import { queryOptions } from '@tanstack/react-query';
import { type LaunchChoices, launchChoicesSchema } from '@/lib/domain/loop/launch-choices';
import { fetchJson } from './fetch-json';

const launchKeys = {
  all: ['launch'] as const,
  choices: (runId: string | null) => [...launchKeys.all, runId] as const,
};

/** What the next iteration of a run can be launched with; without one, a new run. */
export const launchQuery = (runId: string | null) =>
  queryOptions<LaunchChoices>({
    queryKey: launchKeys.choices(runId),
    queryFn: ({ signal }) =>
      fetchJson(runId === null ? '/api/launch' : `/api/launch?run=${runId}`, launchChoicesSchema, signal),
  });
