'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';
import { Skeleton } from '@/components/ui/states';
import type { Job, MetricPoint } from '@/lib/domain/job';
import { chartsOf } from '@/lib/domain/job-metrics';
import { namesOf, rolloutStepOf, smooth, thinOut } from '@/lib/domain/job-points';
import { formatCount } from '@/lib/domain/text/counted';
import { MetricChart } from './metric-chart';

type JobChartsProps = {
  job: Pick<Job, 'id' | 'kind'>;
  /** Undefined while they load. */
  points: readonly MetricPoint[] | undefined;
  /** Address of the rollouts of a step, by the step that they carry. */
  rolloutsAt: (step: number) => Route;
  /** Between the charts that are read first and the others. */
  children?: React.ReactNode;
};

/** Points of a curve that a chart of this width can show. */
const MOST_POINTS = 240;
/** Points that a trend looks back on. */
const TREND_POINTS = 10;
/** Charts that are read first. */
const FIRST = 6;

const grid = 'grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3';

/** Held while the figures load: as many and as high as the charts that come. */
const Placeholders = () => (
  <div className={grid} role="status" aria-label="Loading the charts">
    {Array.from({ length: FIRST }, (_, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: nothing but a number tells these apart
      <Skeleton key={at} className="h-[19rem] w-full rounded-lg" />
    ))}
  </div>
);

/** Every figure that a job reports over its steps; one step is pointed at in all charts together. */
export const JobCharts = ({ job, points, rolloutsAt, children }: JobChartsProps) => {
  const [pinned, setPinned] = useState<number | null>(null);
  const [isTrend, setIsTrend] = useState(false);
  const drawn = useMemo(() => thinOut(points ?? [], MOST_POINTS), [points]);
  const trend = useMemo(() => (isTrend ? smooth(drawn, TREND_POINTS) : null), [drawn, isTrend]);
  const charts = useMemo(() => chartsOf(job.kind, namesOf(points ?? [])), [job.kind, points]);
  useKeys(
    useMemo((): readonly KeyBinding[] => {
      const go = (by: number) => () =>
        setPinned((now) => {
          const at = now === null ? -1 : drawn.findIndex(({ from, to }) => from <= now && now <= to);
          const next = at === -1 ? drawn.length - 1 : Math.max(0, Math.min(drawn.length - 1, at + by));
          return drawn[next]?.to ?? null;
        });
      return [
        { keys: ['.'], says: 'Mark the next step in all charts', run: go(1) },
        { keys: [','], says: 'Mark the step before in all charts', run: go(-1) },
        { keys: ['t'], says: 'Show the trend of the curves', run: () => setIsTrend((now) => !now) },
      ];
    }, [drawn]),
  );
  if (points === undefined) {
    return (
      <>
        <Placeholders />
        {children}
      </>
    );
  }
  const draw = (some: typeof charts) => (
    <div className={grid}>
      {some.map((chart) => (
        <MetricChart
          key={chart.id}
          chart={chart}
          points={drawn}
          trend={trend}
          syncId={job.id}
          pinned={pinned}
          onPin={setPinned}
        />
      ))}
    </div>
  );
  return (
    <>
      {charts.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StepMark job={job} points={points} pinned={pinned} rolloutsAt={rolloutsAt} onClear={() => setPinned(null)} />
          <Button look="quiet" className="ml-auto" aria-pressed={isTrend} onClick={() => setIsTrend(!isTrend)}>
            Trend <Key>t</Key>
          </Button>
        </div>
      )}
      {charts.length > 0 ? draw(charts.slice(0, FIRST)) : <p className="text-ink-2">No step has finished yet.</p>}
      {children}
      {charts.length > FIRST && draw(charts.slice(FIRST))}
    </>
  );
};

/** The marked step and the way to its rollouts; says how to mark one while none is. */
const StepMark = ({
  job,
  points,
  pinned,
  rolloutsAt,
  onClear,
}: Pick<JobChartsProps, 'job' | 'rolloutsAt'> & {
  points: readonly MetricPoint[];
  pinned: number | null;
  onClear: () => void;
}) => {
  if (pinned === null) {
    return (
      <p className="flex min-h-8 items-center text-ink-2">
        <span>
          Click into a chart, or press <Key>,</Key> and <Key>.</Key>, to mark a step in all of them.
        </span>
      </p>
    );
  }
  const sampledAt = job.kind === 'grpo' ? rolloutStepOf(points, pinned) : null;
  return (
    <p className="flex min-h-8 flex-wrap items-center gap-x-3">
      <span className="font-medium tabular-nums">Step {formatCount(pinned)}</span>
      {sampledAt !== null && (
        <Link href={rolloutsAt(sampledAt)} className="text-accent hover:underline">
          Rollouts of step {formatCount(pinned)}
        </Link>
      )}
      <button type="button" className="text-ink-2 hover:underline" onClick={onClear}>
        Take the mark away
      </button>
    </p>
  );
};
