'use client';
import { History } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type RunScope, RunSelect } from '@/components/runs/run-select';
import { cx } from '@/components/ui/cx';
import { Select } from '@/components/ui/field';
import { Progress } from '@/components/ui/progress';
import { pairStates, pairTypes } from '@/lib/domain/pair';
import type { PairOverview } from '@/lib/domain/pairs/pair-view';
import { formatCount } from '@/lib/domain/text/counted';
import { stateNames, typeNames } from './act-text';
import { countOf } from './counts';
import { pairsAddress, type QueueView } from './pairs-address';

export type Place = { readonly runId: string; readonly k: number; readonly iterationId: string };

type ScopeBarProps = { scopes: readonly RunScope[]; place: Place; view: QueueView; overview: PairOverview };

const chip = 'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 whitespace-nowrap';

/** Which queue this is, how far it is, and the ways to narrow it. */
export const ScopeBar = ({ scopes, place, view, overview: { counts: all, stale } }: ScopeBarProps) => {
  // The numbers beside every choice are those of the queue that it opens.
  const counts = view.stale ? stale : all;
  const router = useRouter();
  const scope = scopes.find(({ runId }) => runId === place.runId);
  const total = countOf(all);
  const decided = total - countOf(all, { state: 'proposed' });
  const wanted = view.state === 'all' ? undefined : view.state;
  const types = [undefined, ...pairTypes.filter((type) => countOf(counts, { type }) > 0)];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-full sm:w-60">
          <RunSelect
            scopes={scopes}
            runId={place.runId}
            onRun={(wantedId) => {
              const run = scopes.find(({ runId }) => runId === wantedId);
              if (run) router.push(pairsAddress(run.runId, run.iterations[0]?.k ?? 0, { ...view, type: undefined }));
            }}
          />
        </div>
        <div className="w-36">
          <Select
            aria-label="Iteration"
            value={place.k}
            onChange={({ target }) => router.push(pairsAddress(place.runId, Number(target.value), view))}
          >
            {scope?.iterations.map(({ id, k }) => (
              <option key={id} value={k}>
                Iteration {k}
              </option>
            ))}
          </Select>
        </div>
        <div className="w-48">
          <Select
            aria-label="State"
            value={view.state ?? 'proposed'}
            onChange={({ target }) => {
              const state = [...pairStates, 'all' as const].find((name) => name === target.value);
              router.push(pairsAddress(place.runId, place.k, { ...view, state: state ?? 'proposed' }));
            }}
          >
            {pairStates.map((state) => (
              <option key={state} value={state}>
                {stateNames[state]} ({formatCount(countOf(counts, { state, type: view.type }))})
              </option>
            ))}
            <option value="all">All ({formatCount(countOf(counts, { type: view.type }))})</option>
          </Select>
        </div>
        <nav aria-label="Type" className="flex flex-wrap gap-1">
          {types.map((type) => (
            <Link
              key={type ?? 'all'}
              href={pairsAddress(place.runId, place.k, { ...view, type })}
              {...(view.type === type ? { 'aria-current': 'true' as const } : {})}
              className={cx(chip, view.type === type ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken')}
            >
              {type ? typeNames[type] : 'All types'}
              <span className="text-ink-2 text-xs tabular-nums">
                {formatCount(countOf(counts, { type, state: wanted }))}
              </span>
            </Link>
          ))}
          {(view.stale || countOf(stale) > 0) && (
            <Link
              href={pairsAddress(place.runId, place.k, {
                ...view,
                // Most of them are decided: show all of them when they are asked for, and what is usual afterwards.
                ...(view.stale ? { stale: undefined, state: 'proposed' } : { stale: 'yes', state: 'all' }),
              })}
              title="Pairs whose rule no longer holds under the verdicts in force"
              {...(view.stale ? { 'aria-current': 'true' as const } : {})}
              className={cx(chip, view.stale ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken')}
            >
              <History aria-hidden className="size-3.5 text-check-repetition" />
              Stale
              <span className="text-ink-2 text-xs tabular-nums">
                {formatCount(countOf(stale, { type: view.type }))}
              </span>
            </Link>
          )}
        </nav>
      </div>
      {total > 0 && (
        <div className="flex items-center gap-3">
          <Progress label="Pairs decided" done={decided} total={total} />
          <span className="shrink-0 text-ink-2 tabular-nums">
            {formatCount(decided)} of {formatCount(total)} decided, {formatCount(countOf(all, { state: 'approved' }))}{' '}
            approved
          </span>
        </div>
      )}
    </div>
  );
};
