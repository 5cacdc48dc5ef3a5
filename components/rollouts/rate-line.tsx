import { formatCount, formatPercent } from '@/components/ui/number';
import { countOf, type Facets } from '@/lib/domain/rollouts/facets';
import { inconsistencyRate } from '@/lib/domain/stats/rates';

/** How many rollouts the filter leaves, and the inconsistency rate among them with what it was counted over. */
export const RateLine = ({ facets, narrowed }: { facets: Facets; narrowed: boolean }) => {
  const count = (value: string) => countOf(facets, 'consistency', value);
  const [consistent, inconsistent, undetermined] = [count('consistent'), count('inconsistent'), count('undetermined')];
  const { rate } = inconsistencyRate({ consistent, inconsistent, undetermined });
  const left = undetermined + count('unknown');
  return (
    <p role="status" className="text-ink-2">
      <strong className="font-semibold text-ink">{formatCount(facets.total)}</strong> rollouts.{' '}
      {rate.share === null ? (
        'No thinking here was found consistent or inconsistent.'
      ) : (
        <>
          Inconsistent: <strong className="font-semibold text-ink">{formatPercent(rate.share)}</strong>{' '}
          <span className="sm:whitespace-nowrap">
            ({formatCount(inconsistent)} of {formatCount(consistent + inconsistent)}
            {narrowed && ' before the consistency filter'}, 95 % {formatPercent(rate.low)}–{formatPercent(rate.high)})
          </span>
          {left > 0 && <span>, {formatCount(left)} undetermined or unverified left out</span>}.
        </>
      )}
    </p>
  );
};
