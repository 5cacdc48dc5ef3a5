import { queryOptions } from '@tanstack/react-query';
import { type RunBenchmarks, runBenchmarksSchema } from '@/lib/domain/benchmarks/cell';
import type { Kind } from '@/lib/domain/question';
import { fetchJson } from './fetch-json';
import { runKeys } from './runs';

/** A run's figures by slice and question set, of one kind of question or of all. */
export const runBenchmarksQuery = (runId: string, kind: Kind | null) =>
  queryOptions<RunBenchmarks>({
    queryKey: [...runKeys.all, 'benchmarks', runId, kind],
    queryFn: ({ signal }) =>
      fetchJson(`/api/runs/${runId}/benchmarks${kind ? `?kind=${kind}` : ''}`, runBenchmarksSchema, signal),
  });
