'use client';
import { useCallback, useEffect, useState } from 'react';
import { formatQuestionAddress, type QuestionAddress } from '@/lib/domain/question-comparison/address';
import { addressOf, type ComparisonMove, type ComparisonState, moveComparison, startOf } from './comparison-state';

/** The page's state, which its address follows without asking the server for the page again. */
export const useComparison = (
  questionId: string,
  start: QuestionAddress,
): [ComparisonState, (move: ComparisonMove) => void] => {
  const [state, setState] = useState(() => startOf(start));
  const move = useCallback((next: ComparisonMove) => setState((before) => moveComparison(before, next)), []);
  const address = `/compare/questions/${questionId}?${formatQuestionAddress(addressOf(state))}`;
  useEffect(() => {
    if (window.location.pathname + window.location.search !== address) window.history.replaceState(null, '', address);
  }, [address]);
  return [state, move];
};
