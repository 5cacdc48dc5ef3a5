'use client';
import { useCallback, useEffect, useState } from 'react';
import { formatQuestionAddress, type QuestionAddress } from '@/lib/domain/question-comparison/address';
import { addressOf, type ComparisonMove, type ComparisonState, moveComparison, startOf } from './comparison-state';

const textOf = (address: QuestionAddress): string => formatQuestionAddress(address).toString();

/** The page's state, which its address follows without asking the server for the page again. */
export const useComparison = (
  questionId: string,
  start: QuestionAddress,
): [ComparisonState, (move: ComparisonMove) => void] => {
  const [state, setState] = useState(() => startOf(start));
  const [followed, setFollowed] = useState(start);
  // A saved view or a link of this very question is another address on the page that stands already.
  if (textOf(start) !== textOf(followed)) {
    setFollowed(start);
    if (textOf(start) !== textOf(addressOf(state))) setState(startOf(start));
  }
  const move = useCallback((next: ComparisonMove) => setState((before) => moveComparison(before, next)), []);
  const address = `/compare/questions/${questionId}?${textOf(addressOf(state))}`;
  useEffect(() => {
    if (window.location.pathname + window.location.search !== address) window.history.replaceState(null, '', address);
  }, [address]);
  return [state, move];
};
