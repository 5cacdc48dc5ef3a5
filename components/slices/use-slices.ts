'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { formatSlices, type Narrow, parseNarrow } from '@/lib/domain/slices/narrow';
import { parseSlices, type Slice } from '@/lib/domain/slices/slice';

export type SliceState = { readonly slices: readonly Slice[]; readonly narrow: Narrow };

const own: ReadonlySet<string> = new Set(['slice', 'set', 'kind']);

/**
 * The slices of a page and what narrows them all, both kept in the address; whatever else the address says stays. It
 * changes without asking the server for the page again.
 */
export const useSlices = (): [SliceState, (change: Partial<SliceState>) => void] => {
  const path = usePathname();
  const params = useSearchParams();
  const address = params.toString();
  const state = useMemo(() => {
    const search = new URLSearchParams(address);
    return { slices: parseSlices(search), narrow: parseNarrow(search) };
  }, [address]);
  const setState = useCallback(
    (change: Partial<SliceState>) => {
      const next = { ...state, ...change };
      const rest = [...new URLSearchParams(address)].filter(([name]) => !own.has(name));
      const search = new URLSearchParams([...formatSlices(next.slices, next.narrow), ...rest]).toString();
      window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
    },
    [state, address, path],
  );
  return [state, setState];
};
