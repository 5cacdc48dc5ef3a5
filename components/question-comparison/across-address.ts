import type { Route } from 'next';
import { formatQuestionAddress, parseQuestionAddress, type WalkScope } from '@/lib/domain/question-comparison/address';
import type { Slice } from '@/lib/domain/slices/slice';

type Start = { readonly slices?: readonly Slice[]; readonly groupId?: string; readonly scope?: WalkScope };

/**
 * The page of one question across slices. With one slice, or none, it brings the others of the run that were asked the
 * same question; `groupId` is the group of the slice that it begins with, `scope` the list of questions to walk through.
 */
export const acrossAddress = (questionId: string, { slices = [], groupId, scope }: Start = {}): Route => {
  const plain = parseQuestionAddress(new URLSearchParams());
  const address = formatQuestionAddress({
    ...plain,
    slices,
    groups: groupId ? [groupId] : [],
    scope: scope ?? plain.scope,
    right: slices.length > 1 ? 1 : 0,
  }).toString();
  return `/compare/questions/${questionId}${address === '' ? '' : `?${address}`}` as Route;
};
