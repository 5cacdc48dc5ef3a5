import type { Route } from 'next';
import { formatQuestionAddress, parseQuestionAddress } from '@/lib/domain/question-comparison/address';
import type { Slice } from '@/lib/domain/slices/slice';

type Start = { readonly slices?: readonly Slice[]; readonly groupId?: string };

/**
 * The page of one question across slices. With one slice, or none, it brings the others of the run that were asked the
 * same question; `groupId` is the group of the slice that it begins with.
 */
export const acrossAddress = (questionId: string, { slices = [], groupId }: Start = {}): Route => {
  const plain = parseQuestionAddress(new URLSearchParams());
  const address = formatQuestionAddress({ ...plain, slices, groups: groupId ? [groupId] : [] }).toString();
  return `/compare/questions/${questionId}${address === '' ? '' : `?${address}`}` as Route;
};
