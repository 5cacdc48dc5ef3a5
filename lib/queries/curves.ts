import { queryOptions } from '@tanstack/react-query';
import { type CurveQuestion, formatCurveQuestion } from '@/lib/domain/curves/choice';
import { type Curves, curvesSchema } from '@/lib/domain/curves/curve';
import { fetchJson } from './fetch-json';
import { runKeys } from './runs';

/** Rollouts come many times a second while a run trains; its curves are counted anew at this pace. */
const PACE_MS = 2_000;

/** Resolves after `ms`, or at once when nobody waits any more. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** Accuracy reward and length by step of a run and of those laid over it. */
export const curvesQuery = (runId: string, question: CurveQuestion) => {
  const search = formatCurveQuestion(question).toString();
  return queryOptions<Curves>({
    queryKey: [...runKeys.all, 'curves', runId, search],
    queryFn: async ({ client, queryKey, signal }) => {
      const read = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
      const wait = read + PACE_MS - Date.now();
      if (wait > 0) await pause(wait, signal);
      return fetchJson(`/api/runs/${runId}/curves${search === '' ? '' : `?${search}`}`, curvesSchema, signal);
    },
  });
};
