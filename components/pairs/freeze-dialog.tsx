'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Failed } from '@/components/ui/states';
import { freezePairs } from '@/lib/actions/pair-sets';
import { type PairType, pairStates, pairTypes } from '@/lib/domain/pair';
import type { PairOverview } from '@/lib/domain/pairs/pair-view';
import { formatCount } from '@/lib/domain/text/counted';
import { stateNames, typeNames } from './act-text';
import { countOf } from './counts';

type FreezeDialogProps = { overview: PairOverview; onClose: () => void };

const cell = 'px-2 py-1 text-right tabular-nums';

/** What a freeze takes and leaves, by type and state; then the freeze. */
export const FreezeDialog = ({ overview, onClose }: FreezeDialogProps) => {
  const router = useRouter();
  const { counts, stale, iterationId } = overview;
  const present = pairTypes.filter((type) => countOf(counts, { type }) > 0);
  const [types, setTypes] = useState<readonly PairType[]>(present);
  const [leaveUndecided, setLeaveUndecided] = useState(false);
  const [leaveStale, setLeaveStale] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const sum = (state: 'approved' | 'proposed') =>
    types.reduce((total, type) => total + countOf(counts, { type, state }), 0);
  const [approved, undecided] = [sum('approved'), sum('proposed')];
  const approvedStale = types.reduce((total, type) => total + countOf(stale, { type, state: 'approved' }), 0);
  const taken = leaveStale ? approved - approvedStale : approved;

  const freeze = () =>
    start(async () => {
      const result = await freezePairs({ iterationId, types: [...types], leaveUndecided, leaveStale });
      if (result.ok) router.push(`/pair-sets/${result.data.id}`);
      else setError(result.error.message);
    });

  return (
    <Dialog title="Freeze a pair set" open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose">
          The approved pairs become a numbered set that never changes. Training reads sets, never the queue.
        </p>
        <table className="w-full">
          <caption className="sr-only">Pairs by type and state</caption>
          <thead className="text-ink-2 text-xs">
            <tr>
              <th className="px-2 py-1 text-left font-medium">Type</th>
              {pairStates.map((state) => (
                <th key={state} className="px-2 py-1 text-right font-medium">
                  {stateNames[state]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {present.map((type) => (
              <tr key={type} className="border-line border-t">
                <th scope="row" className="px-2 py-1 text-left font-normal">
                  <label className="flex items-center gap-2">
                    <input
                      type="checkbox"
                      checked={types.includes(type)}
                      onChange={({ target }) =>
                        setTypes(target.checked ? [...types, type] : types.filter((kept) => kept !== type))
                      }
                    />
                    {typeNames[type]}
                  </label>
                </th>
                {pairStates.map((state) => (
                  <td key={state} className={cell}>
                    {formatCount(countOf(counts, { type, state }))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {approved === 0 && <p>No pair of these types is approved yet: approve at least one before you freeze.</p>}
        {approved > 0 && undecided > 0 && (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={leaveUndecided}
              onChange={({ target }) => setLeaveUndecided(target.checked)}
            />
            {undecided === 1 ? '1 pair is' : `${formatCount(undecided)} pairs are`} still undecided: leave{' '}
            {undecided === 1 ? 'it' : 'them'} out
          </label>
        )}
        {approvedStale > 0 && (
          <label className="flex items-start gap-2 rounded bg-check-repetition-soft px-2 py-1.5">
            <input
              type="checkbox"
              className="mt-1"
              checked={leaveStale}
              onChange={({ target }) => setLeaveStale(target.checked)}
            />
            <span>
              {formatCount(approvedStale)} of the {formatCount(approved)} approved {approvedStale === 1 ? 'is' : 'are'}{' '}
              stale: their verdicts no longer carry them. Leave {approvedStale === 1 ? 'it' : 'them'} out
            </span>
          </label>
        )}
        {approved > 0 && taken === 0 && <p>Every approved pair is stale: decide them again, or let them in.</p>}
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={pending || taken === 0 || (undecided > 0 && !leaveUndecided)}
            onClick={freeze}
          >
            Freeze {taken === 1 ? '1 pair' : `${formatCount(taken)} pairs`}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
