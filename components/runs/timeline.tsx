import {
  Ban,
  Check,
  Circle,
  CircleDashed,
  CircleDotDashed,
  FileInput,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import type { Cell, Iteration, RunOverview } from '@/lib/domain/run';
import { type StageEntry, type StageState, stagesOf } from '@/lib/domain/timeline';
import { rolloutsOf } from './rollout-links';

const looks: Record<StageState, { readonly icon: typeof Check; readonly text: string; readonly tone: string }> = {
  imported: { icon: FileInput, text: 'imported', tone: 'text-accent' },
  done: { icon: Check, text: 'done', tone: 'text-good' },
  running: { icon: LoaderCircle, text: 'under way', tone: 'text-accent' },
  partial: { icon: CircleDotDashed, text: 'in part', tone: 'text-check-repetition' },
  waiting: { icon: Circle, text: 'waiting', tone: 'text-ink-3' },
  absent: { icon: CircleDashed, text: 'not here', tone: 'text-ink-3' },
  failed: { icon: TriangleAlert, text: 'failed', tone: 'text-bad' },
  cancelled: { icon: Ban, text: 'cancelled', tone: 'text-ink-3' },
};

/** Where the rows of a stage are; nothing where there are none. */
const hrefOf = (runId: string, iteration: Iteration, { stage, state }: StageEntry): Route | null => {
  if (state === 'absent' || state === 'waiting') return null;
  const facets = { iteration: [String(iteration.k)] };
  if (stage === 'grpo') return rolloutsOf(runId, { facets: { ...facets, stage: ['activation', 'grpo'] } });
  if (stage === 'verify') return rolloutsOf(runId, { facets });
  if (stage === 'curate') return `/pairs?run=${runId}&iteration=${iteration.k}`;
  return rolloutsOf(runId, { facets: { ...facets, stage: [stage] } });
};

const Stage = ({ entry, href }: { entry: StageEntry; href: Route | null }) => {
  const { icon: Icon, text, tone } = looks[entry.state];
  return (
    <li
      className={cx(
        'relative flex min-w-0 flex-col gap-0.5 rounded-md border px-3 py-2',
        entry.state === 'absent' || entry.state === 'waiting'
          ? 'border-line border-dashed'
          : 'border-line bg-sunken/50',
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium uppercase tracking-wide text-xs">{entry.stage}</span>
        <span className={cx('flex items-center gap-1 text-xs', tone)}>
          <Icon aria-hidden className="size-3.5" />
          {text}
        </span>
      </div>
      {href ? (
        <Link href={href} className="text-accent hover:underline">
          {entry.says}
        </Link>
      ) : (
        <span className="text-ink-2">{entry.says}</span>
      )}
    </li>
  );
};

const stateText = (iteration: Iteration): string => (iteration.state === 'imported' ? 'imported' : iteration.state);

/** The loop: one row an iteration, its stages in order. */
export const Timeline = ({ overview }: { overview: RunOverview }) => (
  <Panel title="The loop">
    {overview.iterations.length === 0 ? (
      <p className="text-ink-2">No iteration has begun.</p>
    ) : (
      <ol className="flex flex-col gap-4">
        {overview.iterations.map((iteration) => {
          const cells: readonly Cell[] = overview.cells.filter(({ iterationId }) => iterationId === iteration.id);
          return (
            <li key={iteration.id} className="flex flex-col gap-1.5">
              <h3 className="font-medium">
                Iteration {iteration.k} <span className="font-normal text-ink-2">· {stateText(iteration)}</span>
              </h3>
              <ol className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-5">
                {stagesOf(iteration, cells).map((entry) => (
                  <Stage key={entry.stage} entry={entry} href={hrefOf(overview.run.id, iteration, entry)} />
                ))}
              </ol>
            </li>
          );
        })}
      </ol>
    )}
  </Panel>
);
