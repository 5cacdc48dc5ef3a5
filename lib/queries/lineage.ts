import { queryOptions } from '@tanstack/react-query';
import { type Lineage, lineageSchema } from '@/lib/domain/lineage';
import { fetchJson } from './fetch-json';

const lineageKeys = {
  all: ['lineage'] as const,
  run: (runId: string) => [...lineageKeys.all, runId] as const,
};

/** Checkpoints, jobs and pair sets of a run, and what came from what. */
export const lineageQuery = (runId: string) =>
  queryOptions<Lineage>({
    queryKey: lineageKeys.run(runId),
    queryFn: ({ signal }) => fetchJson(`/api/runs/${runId}/lineage`, lineageSchema, signal),
  });
