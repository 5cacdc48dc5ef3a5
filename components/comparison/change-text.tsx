import { cx } from '@/components/ui/cx';
import type { Metric } from '@/lib/domain/comparison/metrics';
import type { Difference } from '@/lib/domain/comparison/schema';
import { changeUnit, formatChange, type Verdict, verdictOf } from './metric-text';

const looks: Readonly<Record<Verdict, string>> = {
  better: 'text-good',
  worse: 'text-bad',
  more: '',
  less: '',
  unclear: 'text-ink-2',
};
const arrows: Readonly<Record<Verdict, string>> = { better: '▲', worse: '▼', more: '', less: '', unclear: '' };

type ChangeTextProps = { readonly metric: Metric; readonly difference: Difference };

/** A difference with its 95 % interval; better or worse in words and by an arrow only where it is sure. */
export const ChangeText = ({ metric, difference: { interval } }: ChangeTextProps) => {
  if (interval === null) return <span className="text-ink-3">–</span>;
  const { difference, low, high } = interval;
  const verdict = verdictOf(metric, interval);
  const unit = changeUnit(metric);
  return (
    <span className="whitespace-nowrap">
      <span className={cx('font-medium', looks[verdict])}>
        {arrows[verdict] && (
          <span aria-hidden className="mr-0.5 text-[0.7em]">
            {arrows[verdict]}
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
