import { formatPercent } from '@/components/ui/number';
import { countConsistency, type Facets } from '@/lib/domain/rollouts/facets';
import { formatCount } from '@/lib/domain/text/counted';

/** How many rollouts the filter leaves, and the inconsistency rate among them with what it was counted over. */
export const RateLine = ({ facets, narrowed }: { facets: Facets; narrowed: boolean }) => {
  const { consistent, inconsistent, undetermined, unverified, rate } = countConsistency(facets);
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
          {undetermined > 0 && (
            <span>
              , {formatPercent(undetermined / (consistent + inconsistent + undetermined))} undetermined left out
            </span>
          )}
          {unverified > 0 && <span>, {formatCount(unverified)} unverified</span>}.
        </>
      )}
    </p>
  );
};
