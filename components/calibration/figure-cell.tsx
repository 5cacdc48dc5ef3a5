import { formatFixed } from '@/components/ui/number';

/** Below this many cases a figure is left out: its interval would be as good as none. */
const LEAST_CASES = 5;

export type FigureView = {
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
  /** Cases that it was counted over. */
  readonly n: number;
};

/** A figure with its 95 % interval and its n; words instead where the cases are too few. */
export const FigureCell = ({ value, low, high, n }: FigureView) => (
  <td className="whitespace-nowrap px-3 py-2 text-right align-top tabular-nums">
    {n < LEAST_CASES || value === null ? (
      <>
        <div className="text-ink-2">{n < LEAST_CASES ? 'n too small' : 'not defined'}</div>
        <div className="text-ink-3 text-xs">n = {n}</div>
      </>
    ) : (
      <>
        <div className="font-semibold">{formatFixed(value)}</div>
        {/* What is known of every rollout is no estimate. */}
        <div className="text-ink-2 text-xs">
          {low < high ? `${formatFixed(low)} to ${formatFixed(high)}` : 'exactly'}
        </div>
        <div className="text-ink-3 text-xs">n = {n}</div>
      </>
    )}
  </td>
);
