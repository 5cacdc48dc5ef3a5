import { cx } from '@/components/ui/cx';
import { changeUnit, formatChange, type Verdict, verdictOf } from '@/lib/domain/comparison/metric-text';
import type { Metric } from '@/lib/domain/comparison/metrics';
import type { Difference } from '@/lib/domain/comparison/schema';

const looks: Readonly<Record<Verdict, string>> = {
  better: 'text-good',
  worse: 'text-bad',
  more: '',
  less: '',
  unclear: 'text-ink-2',
};

type ChangeTextProps = { readonly metric: Metric; readonly difference: Difference };

/** A difference with its 95 % interval; an arrow, and better or worse in words, only where it is sure. */
export const ChangeText = ({ metric, difference: { interval } }: ChangeTextProps) => {
  if (interval === null) return <span className="text-ink-3">–</span>;
  const { difference, low, high } = interval;
  const verdict = verdictOf(metric, interval);
  const unit = changeUnit(metric);
  return (
    <span className="whitespace-nowrap">
      <span className={cx('font-medium', looks[verdict])}>
        {verdict !== 'unclear' && (
          <span aria-hidden className="mr-0.5 text-[0.7em]">
            {difference > 0 ? '▲' : '▼'}
          </span>
        )}
        {formatChange(metric, difference)}
        {unit && ` ${unit}`}
        {(verdict === 'better' || verdict === 'worse') && <span className="font-normal"> {verdict}</span>}
      </span>
      <span className="block text-ink-3 text-xs">
        {low === high ? 'no question differs' : `${formatChange(metric, low)} to ${formatChange(metric, high)}`}
      </span>
    </span>
  );
};
