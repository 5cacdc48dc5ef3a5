/** Client reads of one question across slices; they go stale with the comparison. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  formatComparisonQuery,
  formatWalkQuery,
  type QuestionAddress,
  type WalkScope,
} from '@/lib/domain/question-comparison/address';
import {
  type QuestionComparison,
  questionComparisonSchema,
  questionWalkSchema,
} from '@/lib/domain/question-comparison/comparison';
import type { Slice } from '@/lib/domain/slices/slice';
import { fetchJson } from './fetch-json';

export const questionComparisonKeys = {
  all: ['comparison', 'question'] as const,
  chains: (questionId: string, address: string) =>
    [...questionComparisonKeys.all, 'chains', questionId, address] as const,
  walk: (questionId: string, address: string) => [...questionComparisonKeys.all, 'walk', questionId, address] as const,
};

/** The chains of all slices of the address; those of before stand until others are here. */
export const questionComparisonQuery = (
  questionId: string,
  shown: Pick<QuestionAddress, 'slices' | 'groups'>,
  initial?: QuestionComparison,
) => {
  const address = formatComparisonQuery(shown).toString();
  return queryOptions({
    queryKey: questionComparisonKeys.chains(questionId, address),
    queryFn: ({ signal }) =>
      fetchJson(`/api/comparison/questions/${questionId}?${address}`, questionComparisonSchema, signal),
    placeholderData: keepPreviousData,
    ...(initial ? { initialData: initial } : {}),
  });
};

/** The questions before and after this one. */
export const questionWalkQuery = (questionId: string, sides: readonly Slice[], scope: WalkScope) => {
  const address = formatWalkQuery(sides, scope).toString();
  return queryOptions({
    queryKey: questionComparisonKeys.walk(questionId, address),
    queryFn: ({ signal }) =>
      fetchJson(`/api/comparison/questions/${questionId}/walk?${address}`, questionWalkSchema, signal),
  });
};
