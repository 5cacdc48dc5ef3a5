import { queryOptions } from '@tanstack/react-query';
import { type CurveQuestion, formatCurveQuestion } from '@/lib/domain/curves/choice';
import { type Curves, curvesSchema } from '@/lib/domain/curves/curve';
import { fetchJson } from './fetch-json';
import { keepPace } from './pace';
import { runKeys } from './runs';

/** Rollouts come many times a second while a run trains; its curves are counted anew at this pace. */
const PACE_MS = 2_000;

/** Accuracy reward and length by step of a run and of those laid over it. */
export const curvesQuery = (runId: string, question: CurveQuestion) => {
  const search = formatCurveQuestion(question).toString();
  return queryOptions<Curves>({
    queryKey: [...runKeys.all, 'curves', runId, search],
    queryFn: async (context) => {
      await keepPace(context, PACE_MS);
      return fetchJson(`/api/runs/${runId}/curves${search === '' ? '' : `?${search}`}`, curvesSchema, context.signal);
    },
  });
};
