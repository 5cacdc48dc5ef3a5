'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import {
  formatLengthSelection,
  type LengthSelection,
  parseLengthSelection,
  SLICES_SHOWN,
} from '@/lib/domain/lengths/selection';
import type { Slice } from '@/lib/domain/slices/slice';

/** The newest slices of a run, in the order of the loop: what is shown where the address names none. */
const newestSlices = (slices: readonly Slice[]): Slice[] =>
  slices.slice(-SLICES_SHOWN).map(({ runId, k, stage }) => ({ runId, k, stage }));

/**
 * What the page is about, kept in the address: a change asks the server for no page. An address without slices is about the
 * newest of the run, also when there are newer ones tomorrow.
 */
export const useLengthSelection = (
  ofRun: readonly Slice[],
): [LengthSelection, (change: Partial<LengthSelection>) => void] => {
  const path = usePathname();
  const address = useSearchParams().toString();
  const asked = useMemo(() => parseLengthSelection(new URLSearchParams(address)), [address]);
  const selection = useMemo(
    () => (asked.slices.length > 0 ? asked : { ...asked, slices: newestSlices(ofRun) }),
    [asked, ofRun],
  );
  const change = useCallback(
    (part: Partial<LengthSelection>) => {
      const search = formatLengthSelection({ ...asked, ...part }).toString();
      window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
    },
    [asked, path],
  );
  return [selection, change];
};
