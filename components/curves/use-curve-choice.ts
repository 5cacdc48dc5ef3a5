'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type CurveChoice, curveNames, formatCurveChoice, parseCurveChoice } from '@/lib/domain/curves/choice';

/**
 * What the curves show, kept in the address; whatever else it says stays. It changes without asking the server for the
 * page again.
 */
export const useCurveChoice = (): [CurveChoice, (change: Partial<CurveChoice>) => void] => {
  const path = usePathname();
  const address = useSearchParams().toString();
  const choice = useMemo(() => parseCurveChoice(new URLSearchParams(address)), [address]);
  const choose = useCallback(
    (change: Partial<CurveChoice>) => {
      const rest = [...new URLSearchParams(address)].filter(([name]) => !curveNames.has(name));
      const search = new URLSearchParams([...rest, ...formatCurveChoice({ ...choice, ...change })]).toString();
      window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
    },
    [address, choice, path],
  );
  return [choice, choose];
};
