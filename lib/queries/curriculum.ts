import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Curriculum, curriculumSchema } from '@/lib/domain/curriculum';
import { fetchJson } from './fetch-json';

export const curriculumKeys = {
  all: ['curriculum'] as const,
  run: (runId: string, k: number | undefined) => [...curriculumKeys.all, runId, k ?? 'all'] as const,
};

/** What a run leaves out; with `k`, what this iteration of it left out. */
export const curriculumQuery = (runId: string, k: number | undefined) =>
  queryOptions<Curriculum>({
    queryKey: curriculumKeys.run(runId, k),
    queryFn: ({ signal }) =>
      fetchJson(`/api/runs/${runId}/curriculum${k === undefined ? '' : `?iteration=${k}`}`, curriculumSchema, signal),
    placeholderData: keepPreviousData,
  });
