'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type FlipPlace, formatFlipPlace, parseFlipPlace } from '@/lib/domain/comparison/flips-asked';

/** Which list of flips is open, kept in the address. */
export const useFlipPlace = (): [FlipPlace | null, (place: FlipPlace | null) => void] => {
  const path = usePathname();
  const params = useSearchParams();
  const text = params.get('flip');
  const place = useMemo(() => parseFlipPlace(text), [text]);
  const setPlace = (next: FlipPlace | null) => {
    const search = new URLSearchParams(params.toString());
    if (next) search.set('flip', formatFlipPlace(next));
    else search.delete('flip');
    window.history.replaceState(null, '', `${path}?${search}`);
  };
  return [place, setPlace];
};
