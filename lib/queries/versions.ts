import { queryOptions } from '@tanstack/react-query';
import { type Comparison, comparisonSchema } from '@/lib/domain/verifier/comparison';
import { fetchJson } from './fetch-json';

export type ComparisonPlace = { readonly run: string; readonly from: string; readonly to: string };

/** Two versions on one run. Verdicts that change make it stale, as everything of the verifier. */
export const comparisonQuery = ({ run, from, to }: ComparisonPlace) =>
  queryOptions<Comparison>({
    queryKey: ['verifier', 'comparison', run, from, to],
    queryFn: ({ signal }) =>
      fetchJson(`/api/verifier/compare?${new URLSearchParams({ run, from, to })}`, comparisonSchema, signal),
  });
