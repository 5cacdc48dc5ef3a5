import { ArrowDown, ArrowUp, X } from 'lucide-react';
import Link from 'next/link';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/states';
import { type Slice, type SliceSummary, sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';

type ChosenSliceProps = {
  readonly slice: Slice;
  /** Undefined while it loads, and where there is no such slice. */
  readonly summary: SliceSummary | undefined;
  readonly isPending: boolean;
  readonly place: { readonly at: number; readonly of: number; readonly baseline: boolean };
  readonly onMove: (to: number) => void;
  readonly onFirst: () => void;
  readonly onRemove: () => void;
};

const small = 'w-8 px-0';

/** `after DPO`, `seed 7`: what of its making is known. */
const madeText = ({ afterDpo, seed }: SliceSummary): string =>
  [afterDpo === null ? '' : afterDpo ? 'after DPO' : 'before DPO', seed === null ? '' : `seed ${seed}`]
    .filter((part) => part !== '')
    .join(', ');

const About = ({ summary }: { summary: SliceSummary }) => {
  const { runId, k, stage, runName, rollouts, sets } = summary;
  const names = sets.map(({ name }) => name).join(', ');
  return (
    <>
      <Link href={`/runs/${runId}`} className="block truncate text-ink-2 hover:text-accent hover:underline">
        {runName}
      </Link>
      <div className="truncate text-ink-3 text-xs" title={names}>
        <Link
          href={rolloutsOf(runId, { facets: { iteration: [String(k)], stage: [stage] } })}
          className="tabular-nums hover:text-accent hover:underline"
        >
          {counted(rollouts, 'rollout')}
        </Link>
        {' of '}
        {names}
        {madeText(summary) && ` · ${madeText(summary)}`}
      </div>
    </>
  );
};

/** One chosen slice with what moves it and takes it away. */
export const ChosenSlice = ({ slice, summary, isPending, place, onMove, onFirst, onRemove }: ChosenSliceProps) => {
  const { at, of, baseline } = place;
  const name = summary ? `${sliceName(slice)} of ${summary.runName}` : sliceName(slice);
  return (
    <li className="flex min-w-0 flex-wrap items-start gap-x-2 border-line border-b px-4 py-2">
      <span aria-hidden className="w-4 text-right text-ink-3 tabular-nums">
        {at + 1}
      </span>
      <div className="min-w-40 flex-1">
        <div className="flex items-center gap-2 font-medium">
          {sliceName(slice)}
          {baseline && at === 0 && (
            <span className="rounded bg-accent-soft px-1.5 py-px font-medium text-xs">Baseline</span>
          )}
        </div>
        {summary ? (
          <About summary={summary} />
        ) : isPending ? (
          <Skeleton className="mt-1 h-8 w-full" />
        ) : (
          <p className="text-bad">There is no such slice, or it is not yours. Take it away.</p>
        )}
      </div>
      <div className="ml-auto flex gap-0.5">
        {baseline && at > 0 && (
          <Button look="quiet" onClick={onFirst} aria-label={`Make the baseline: ${name}`} className="px-2 text-xs">
            Make the baseline
          </Button>
        )}
        <Button
          look="quiet"
          className={small}
          disabled={at === 0}
          onClick={() => onMove(at - 1)}
          aria-label={`Move ${name} up`}
        >
          <ArrowUp aria-hidden className="size-4" />
        </Button>
        <Button
          look="quiet"
          className={small}
          disabled={at === of - 1}
          onClick={() => onMove(at + 1)}
          aria-label={`Move ${name} down`}
        >
          <ArrowDown aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" className={small} onClick={onRemove} aria-label={`Remove ${name}`}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
    </li>
  );
};
