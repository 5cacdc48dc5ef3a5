import type { Route } from 'next';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { formatClock } from '@/components/ui/number';
import { Progress } from '@/components/ui/progress';
import type { IterationView } from '@/lib/domain/iteration';
import { type LoopStage, loopStages } from '@/lib/domain/loop/stage-view';
import { statesOf } from '@/lib/domain/loop/stages';
import { formatCount } from '@/lib/domain/text/counted';
import { stageHref } from './stage-href';
import { isOutlined, StageLook } from './stage-look';

type StageStripProps = {
  view: IterationView;
  /** Of the job under way; null while nobody can tell. */
  secondsLeft: number | null;
};

/** The loop of this iteration from left to right: where it is, how far, and what there is to see of each stage. */
export const StageStrip = ({ view, secondsLeft }: StageStripProps) => (
  <ol aria-label="Stages" className="grid grid-cols-1 gap-2 sm:grid-cols-3 xl:grid-cols-6">
    {stagesOfView(view).map((entry) => (
      <Stage
        key={entry.stage}
        entry={entry}
        href={isLed(entry) ? stageHref(view, entry) : null}
        secondsLeft={secondsLeft}
      />
    ))}
    <Done view={view} />
  </ol>
);

/** Whether its words are of what there is to see, and not of what is missing. */
const isLed = ({ state }: LoopStage): boolean => state === 'done' || state === 'running' || state === 'people';

/** The stages of an iteration as its screen knows it. */
const stagesOfView = (view: IterationView): LoopStage[] =>
  loopStages({
    ...view,
    jobs: view.jobs.filter(({ superseded }) => !superseded),
    planned: view.plan ? statesOf(view.plan) : [],
    pairs: view.gate ?? { proposed: 0, approved: 0, rejected: 0 },
    toReview: view.gate?.toReview ?? null,
    set: view.pairSet,
  });

const box = 'flex min-w-0 flex-col gap-1 rounded-md border px-3 py-2 sm:min-h-20';

const Stage = ({ entry, href, secondsLeft }: { entry: LoopStage; href: Route | null; secondsLeft: number | null }) => {
  const { stage, state, says, step, steps } = entry;
  const here = state === 'running' || state === 'blocked' || state === 'people' || state === 'failed';
  return (
    <li
      {...(here ? { 'aria-current': 'step' as const } : {})}
      className={cx(
        box,
        isOutlined(state) ? 'border-line border-dashed' : 'border-line bg-sunken/50',
        here && (state === 'failed' ? 'border-bad bg-bad-soft' : 'border-accent bg-accent-soft/60'),
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-xs uppercase tracking-wide">{stage}</span>
        <StageLook state={state} />
      </div>
      {href ? (
        <Link href={href} className="break-words text-accent tabular-nums hover:underline">
          {says}
        </Link>
      ) : (
        <span className="line-clamp-3 break-words text-ink-2 tabular-nums" title={says}>
          {says}
        </span>
      )}
      {step !== null && steps !== null && steps > 0 && (
        <div className="mt-auto flex flex-col gap-1">
          <Progress label={`Steps of ${stage}`} done={step} total={steps} />
          <span className="text-ink-2 text-xs tabular-nums">
            {formatCount(step)} / {formatCount(steps)}
            {secondsLeft !== null && state === 'running' && `, about ${formatClock(secondsLeft)} left`}
          </span>
        </div>
      )}
    </li>
  );
};

const Done = ({ view: { state, createdAt, finishedAt } }: { view: IterationView }) => {
  const isDone = state === 'done';
  const seconds = finishedAt ? (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000 : null;
  return (
    <li className={cx(box, isDone ? 'border-line bg-sunken/50' : 'border-line border-dashed')}>
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-xs uppercase tracking-wide">done</span>
        <StageLook state={isDone ? 'done' : 'waiting'} />
      </div>
      <span className="text-ink-2">
        {isDone && seconds !== null ? `In ${formatClock(seconds)}, waiting included` : 'Not yet'}
      </span>
    </li>
  );
};
