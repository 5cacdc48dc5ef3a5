'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type CurveChoice, curveNames, formatCurveChoice, parseCurveChoice } from '@/lib/domain/curves/choice';

/** What changes, or how it follows from what is chosen now. */
export type ChooseCurves = (change: Partial<CurveChoice> | ((now: CurveChoice) => Partial<CurveChoice>)) => void;

/**
 * What the curves show, kept in the address; whatever else it says stays. It changes without asking the server for the
 * page again.
 */
export const useCurveChoice = (): [CurveChoice, ChooseCurves] => {
  const path = usePathname();
  const address = useSearchParams().toString();
  const choice = useMemo(() => parseCurveChoice(new URLSearchParams(address)), [address]);
  const choose = useCallback<ChooseCurves>(
    (change) => {
      // The address itself: what was drawn last may be a change behind it, which would be lost.
      const now = new URLSearchParams(window.location.search);
      const chosen = parseCurveChoice(now);
      const next = { ...chosen, ...(typeof change === 'function' ? change(chosen) : change) };
      const rest = [...now].filter(([name]) => !curveNames.has(name));
      const search = new URLSearchParams([...rest, ...formatCurveChoice(next)]).toString();
      window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
    },
    [path],
  );
  return [choice, choose];
};
