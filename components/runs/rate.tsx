import { formatPercent } from '@/components/ui/number';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';

/** A share with what it was counted over and its 95 % interval; a dash where nothing was counted. */
export const Rate = ({ count, total }: { count: number; total: number }) => {
  const { share, low, high } = proportion(count, total);
  if (share === null) return <span className="text-ink-3">–</span>;
  return (
    <span className="whitespace-nowrap" title={`95 % interval ${formatPercent(low)} to ${formatPercent(high)}`}>
      <span className="font-medium">{formatPercent(share)}</span>
      <span className="ml-1.5 text-ink-3 text-xs">
        {formatCount(count)} / {formatCount(total)}
      </span>
    </span>
  );
};

/** The share that nobody decided: with much of it, a rate of inconsistency speaks for few. */
export const Undetermined = ({ count, of }: { count: number; of: number }) => {
  const { share } = proportion(count, of);
  if (share === null) return null;
  return <div className="whitespace-nowrap text-ink-3 text-xs">{formatPercent(share)} undetermined</div>;
};
