import { formatFixed } from '@/components/ui/number';
import { StandingBadges } from '@/components/verdicts/standing-badges';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import type { RolloutRow } from '@/lib/domain/rollouts/row';
import { rolloutAddress } from './addresses';
import { PlaceLine } from './place-line';
import { RowTitle } from './row-title';

/** Columns of the flat list; narrow screens stack them. */
export const rolloutColumns = 'md:grid md:grid-cols-[minmax(0,1fr)_7rem_19rem_4.5rem_4.5rem] md:items-center md:gap-3';

/** One rollout of the flat list. */
export const RolloutItem = ({ rollout, state }: { rollout: RolloutRow; state: RolloutListState }) => (
  <div className={`flex flex-col gap-1.5 px-4 py-2.5 ${rolloutColumns}`}>
    <div className="min-w-0">
      <RowTitle href={rolloutAddress(rollout.id, state)} prompt={rollout.prompt} />
      <PlaceLine place={rollout} className="mt-0.5" />
    </div>
    <span className="truncate font-mono text-xs" title={rollout.answer ?? undefined}>
      <span className="mr-1 font-sans text-ink-3 md:hidden">Answer</span>
      {rollout.answer ?? '–'}
    </span>
    <span className="flex flex-wrap items-center gap-1">
      <StandingBadges standing={rollout} />
      {rollout.disagrees && <span className="rounded border border-line px-1 text-xs">log disagrees</span>}
      {rollout.corrected && <span className="rounded bg-accent-soft px-1 text-xs">corrected</span>}
    </span>
    <span className="flex gap-4 tabular-nums md:contents">
      <span className="md:text-right">
        {rollout.tokenSource === 'estimate' && rollout.thinkTokens !== null && <span className="text-ink-3">≈ </span>}
        {rollout.thinkTokens ?? '–'}
        <span className="ml-1 text-ink-3 md:hidden">tokens</span>
      </span>
      <span className="md:text-right">
        {formatFixed(rollout.reward)}
        <span className="ml-1 text-ink-3 md:hidden">reward</span>
      </span>
    </span>
  </div>
);
