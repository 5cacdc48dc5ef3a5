import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type QuestionFilters,
  type QuestionSet,
  questionPageSchema,
  questionSetSchema,
} from '@/lib/domain/question-set';
import { fetchJson } from './fetch-json';

export const questionSetKeys = {
  all: ['question-sets'] as const,
  list: () => [...questionSetKeys.all, 'list'] as const,
  questions: (setId: string, filters: QuestionFilters) =>
    [...questionSetKeys.all, setId, 'questions', filters] as const,
};

export const questionSetsQuery = () =>
  queryOptions<QuestionSet[]>({
    queryKey: questionSetKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/question-sets', z.array(questionSetSchema), signal),
  });

/** Pages of a set's questions under a filter, in import order. */
export const questionsQuery = (setId: string, filters: QuestionFilters) =>
  infiniteQueryOptions({
    queryKey: questionSetKeys.questions(setId, filters),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries(filters)) if (value) params.set(name, value);
      if (pageParam !== null) params.set('after', pageParam);
      return fetchJson(`/api/question-sets/${setId}/questions?${params}`, questionPageSchema, signal);
    },
    getNextPageParam: ({ next }) => next,
  });
