import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type JudgeFigures, judgeFiguresSchema } from '@/lib/domain/judge/figures';
import { type JudgeView, judgeViewSchema } from '@/lib/domain/judge/judge';
import { fetchJson } from './fetch-json';

export const judgeKeys = {
  all: ['judges'] as const,
  list: () => [...judgeKeys.all, 'list'] as const,
  figures: (runId: string, iterationId: string | null) => [...judgeKeys.all, 'figures', runId, iterationId] as const,
};

/** Every judge of the project with what it has cost, those that decide first. */
export const judgesQuery = () =>
  queryOptions<JudgeView[]>({
    queryKey: judgeKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/judges', z.array(judgeViewSchema), signal),
  });

/** Who decided consistency in a run, or in one iteration of it. */
export const judgeFiguresQuery = (runId: string, iterationId: string | null) =>
  queryOptions<JudgeFigures>({
    queryKey: judgeKeys.figures(runId, iterationId),
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ run: runId, ...(iterationId ? { iteration: iterationId } : {}) });
      return fetchJson(`/api/judges/figures?${search}`, judgeFiguresSchema, signal);
    },
  });
