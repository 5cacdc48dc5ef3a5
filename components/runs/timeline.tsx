import type { Route } from 'next';
import Link from 'next/link';
import { isOutlined, StageLook } from '@/components/iterations/stage-look';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import type { Cell, Iteration, RunOverview } from '@/lib/domain/run';
import { type StageEntry, setOf, stagesOf } from '@/lib/domain/timeline';
import { rolloutsOf } from './rollout-links';

/** Where the rows of a stage are; nothing where there are none. A stage that is no file's leads to its iteration. */
const hrefOf = (runId: string, iteration: Iteration, { stage, state }: StageEntry): Route | null => {
  if (state === 'failed' || state === 'blocked') return `/iterations/${iteration.id}`;
  if (isOutlined(state)) return null;
  const facets = { iteration: [String(iteration.k)] };
  const set = iteration.loop ? setOf(iteration) : null;
  if (stage === 'grpo') return rolloutsOf(runId, { facets: { ...facets, stage: ['activation', 'grpo'] } });
  if (stage === 'verify') return rolloutsOf(runId, { facets });
  if (stage === 'curate') return set ? `/pair-sets/${set.id}` : `/pairs?run=${runId}&iteration=${iteration.k}`;
  if (stage === 'dpo' && iteration.loop) return `/iterations/${iteration.id}`;
  return rolloutsOf(runId, { facets: { ...facets, stage: [stage] } });
};

const Stage = ({ entry, href }: { entry: StageEntry; href: Route | null }) => {
  const { stage, state, says, step, steps } = entry;
  return (
    <li
      className={cx(
        'relative flex min-w-0 flex-col gap-0.5 rounded-md border px-3 py-2',
        isOutlined(state) ? 'border-line border-dashed' : 'border-line bg-sunken/50',
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-xs uppercase tracking-wide">{stage}</span>
        <StageLook state={state} />
      </div>
      {href ? (
        <Link href={href} className="line-clamp-3 break-words text-accent tabular-nums hover:underline">
          {says}
        </Link>
      ) : (
        <span className="break-words text-ink-2">{says}</span>
      )}
      {step !== null && steps !== null && steps > 0 && (
        <Progress label={`Steps of ${stage}`} done={step} total={steps} />
      )}
    </li>
  );
};

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
                {iteration.loop ? (
                  <Link href={`/iterations/${iteration.id}`} className="text-accent hover:underline">
                    Iteration {iteration.k}
                  </Link>
                ) : (
                  `Iteration ${iteration.k}`
                )}{' '}
                <span className="font-normal text-ink-2">· {iteration.state}</span>
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
