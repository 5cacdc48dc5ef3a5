/** Client reads of the verifier's screens. */
import { queryOptions } from '@tanstack/react-query';
import { formatThresholdsAddress } from '@/lib/domain/verifier/what-if/address';
import type { Asked } from '@/lib/domain/verifier/what-if/asked';
import { type RunChange, runChangeSchema } from '@/lib/domain/verifier/what-if/run-change';
import type { Moved } from '@/lib/domain/verifier/what-if/thresholds';
import { type Sensitivities, sensitivitiesSchema, type WhatIf, whatIfSchema } from '@/lib/domain/verifier/what-if/view';
import { fetchJson } from './fetch-json';

export const verifierKeys = {
  all: ['verifier'] as const,
  whatIf: (address: string) => [...verifierKeys.all, 'what-if', address] as const,
  sensitivity: (address: string) => [...verifierKeys.all, 'sensitivity', address] as const,
  runChange: (runId: string, versionId: string) => [...verifierKeys.all, 'run-change', runId, versionId] as const,
};

/** While texts are read for the first time, so that the pairs appear. */
const READING_MS = 1_500;
type WithTexts = { readonly texts: { readonly read: number; readonly total: number } };
const whileReading = (data: WithTexts | undefined) => (data && data.texts.read < data.texts.total ? READING_MS : false);

/** Counts under moved thresholds. A request that another one follows is cancelled; its answer stays until the next. */
export const whatIfQuery = (asked: Asked, moved: Moved) => {
  const address = formatThresholdsAddress(asked, moved).toString();
  return queryOptions<WhatIf>({
    queryKey: verifierKeys.whatIf(address),
    queryFn: ({ signal }) => fetchJson(`/api/verifier/what-if?${address}`, whatIfSchema, signal),
    refetchInterval: ({ state }) => whileReading(state.data),
    // Every place of a slider is an answer of its own: they must not pile up.
    gcTime: 30_000,
  });
};

/** The curves of all thresholds of a version. */
export const sensitivityQuery = (asked: Asked) => {
  const address = formatThresholdsAddress(asked, {}).toString();
  return queryOptions<Sensitivities>({
    queryKey: verifierKeys.sensitivity(address),
    queryFn: ({ signal }) => fetchJson(`/api/verifier/sensitivity?${address}`, sensitivitiesSchema, signal),
    refetchInterval: ({ state }) => whileReading(state.data),
  });
};

/** What moving a run to a version would change. */
export const runChangeQuery = (runId: string, versionId: string) =>
  queryOptions<RunChange>({
    queryKey: verifierKeys.runChange(runId, versionId),
    queryFn: ({ signal }) =>
      fetchJson(
        `/api/verifier/run-change?${new URLSearchParams({ run: runId, to: versionId })}`,
        runChangeSchema,
        signal,
      ),
  });
