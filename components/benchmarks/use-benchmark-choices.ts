'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type BenchmarkChoices, parseBenchmarkChoices, withBenchmarkChoices } from '@/lib/domain/benchmarks/choices';

export type Choose = (change: Partial<BenchmarkChoices>) => void;

/** The choices are the address: Next follows the history without asking the server for the page again. */
export const useBenchmarkChoices = (): readonly [BenchmarkChoices, Choose] => {
  const path = usePathname();
  const params = useSearchParams();
  const choices = useMemo(() => parseBenchmarkChoices(new URLSearchParams(params)), [params]);
  const choose = useCallback(
    (change: Partial<BenchmarkChoices>) => {
      // Other panels of the page change the address as well: as it is now, not as it was drawn.
      const query = withBenchmarkChoices(new URLSearchParams(window.location.search), change);
      window.history.replaceState(null, '', query.size > 0 ? `${path}?${query}` : path);
    },
    [path],
  );
  return [choices, choose];
};
