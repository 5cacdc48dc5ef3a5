'use client';
import { useQueries } from '@tanstack/react-query';
import { formatSlice, type Slice, type SliceSummary } from '@/lib/domain/slices/slice';
import { slicesQuery } from '@/lib/queries/slices';

/** What is known of slices, by `formatSlice`; those not loaded yet, or not there, are missing. */
export const useSliceSummaries = (slices: readonly Slice[]) => {
  const runIds = [...new Set(slices.map(({ runId }) => runId))];
  return useQueries({
    queries: runIds.map(slicesQuery),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      summaries: new Map<string, SliceSummary>(
        results.flatMap(({ data = [] }) => data.map((summary) => [formatSlice(summary), summary] as const)),
      ),
    }),
  });
};
