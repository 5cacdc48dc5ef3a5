'use client';
import { useSearchParams } from 'next/navigation';
import { formatSlice, parseSlice } from '@/lib/domain/slices/slice';

/** Which slice's flips and sets are shown where there are several, by `formatSlice`, kept in the address. */
export const useAgainst = (): [string | null, (slice: string) => void] => {
  const slice = parseSlice(useSearchParams().get('against') ?? '');
  const setAgainst = (next: string) => {
    const search = new URLSearchParams(window.location.search);
    search.set('against', next);
    // An open list of flips is of the slice that was shown before.
    search.delete('flip');
    window.history.replaceState(null, '', `${window.location.pathname}?${search}`);
  };
  return [slice && formatSlice(slice), setAgainst];
};
