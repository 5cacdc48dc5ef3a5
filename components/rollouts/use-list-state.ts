'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { formatRolloutList, parseRolloutList, type RolloutListState } from '@/lib/domain/rollouts/filter';

/**
 * The state of the list lives in the address. It changes without asking the server for the page again: the list and
 * the counts come by their own queries.
 */
export const useListState = (): [RolloutListState, (state: RolloutListState) => void] => {
  const params = useSearchParams();
  const state = useMemo(() => parseRolloutList(new URLSearchParams(params.toString())), [params]);
  const setState = (next: RolloutListState) => {
    const address = formatRolloutList(next).toString();
    window.history.replaceState(null, '', address === '' ? '/rollouts' : `/rollouts?${address}`);
  };
  return [state, setState];
};
