'use client';
import { useQuery } from '@tanstack/react-query';
import { cx } from '@/components/ui/cx';
import { Dialog } from '@/components/ui/dialog';
import { Failed, Loading } from '@/components/ui/states';
import type { PairView } from '@/lib/domain/pairs/pair-view';
import { pairHistoryQuery } from '@/lib/queries/pairs';
import { actSays } from './act-text';

/** Who did what to a pair, and when; acts that an undo took back are struck out. */
export const PairHistory = ({ pair, onClose }: { pair: PairView; onClose: () => void }) => {
  const { data, error, refetch } = useQuery(pairHistoryQuery(pair.id));
  return (
    <Dialog title="History of this pair" open onOpenChange={(open) => !open && onClose()}>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading what="the history" />}
      {data && (
        <ol className="flex flex-col gap-2">
          <li className="text-ink-2">
            Proposed by the rule <code className="font-mono">{pair.rule}</code>
          </li>
          {data.map((item) => (
            <li key={item.id} className="flex flex-wrap items-baseline gap-x-2">
              <time dateTime={item.at} className="text-ink-2 tabular-nums">
                {item.at.slice(0, 19).replace('T', ' ')}
              </time>
              <span className="font-medium">{item.who}</span>
              <span className={cx(item.undone && 'line-through')}>
                {actSays(item.action)}
                {item.detail && `: ${item.detail}`}
              </span>
              {item.undone && <span className="text-ink-2">taken back</span>}
            </li>
          ))}
        </ol>
      )}
      {pair.frozenIn.length > 0 && (
        <p className="mt-3 text-ink-2">
          Frozen in pair {pair.frozenIn.length === 1 ? 'set' : 'sets'} {pair.frozenIn.join(', ')}. Decisions made now
          count for the next set.
        </p>
      )}
    </Dialog>
  );
};
