'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { formatBytes, formatClock } from '@/components/ui/number';
import { Failed } from '@/components/ui/states';
import type { Job } from '@/lib/domain/job';
import { formatCount } from '@/lib/domain/text/counted';
import { jobLogsQuery, jobMetricsQuery } from '@/lib/queries/jobs';
import { JobCharts } from './job-charts';
import { JobState, jobNames } from './job-state';
import { LogTail } from './log-tail';

type JobPanelProps = { job: Job; runId: string; k: number };

/** One job: how it stands, its charts, and its log between those that are read first and the others. */
export const JobPanel = ({ job, runId, k }: JobPanelProps) => {
  const metrics = useQuery(jobMetricsQuery(job.id));
  return (
    <section aria-label={`${jobNames[job.kind]} job`} className="flex min-w-0 flex-col gap-3">
      <Facts job={job} />
      {job.superseded && (
        <p className="text-ink-2">
          Another job took the place of this one. What it made stays to be seen; the stages after it go on without it.
        </p>
      )}
      {job.error && (
        <p role="alert" className="break-words rounded-md border border-bad bg-bad-soft px-3 py-2">
          {job.error}
        </p>
      )}
      {metrics.error && <Failed error={metrics.error} onRetry={() => void metrics.refetch()} />}
      <JobCharts
        job={job}
        points={metrics.data?.points}
        rolloutsAt={(step) => rolloutsOf(runId, { step, facets: { iteration: [String(k)], stage: [job.stage] } })}
      >
        <JobLog jobId={job.id} />
      </JobCharts>
    </section>
  );
};

const JobLog = ({ jobId }: { jobId: string }) => {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    jobLogsQuery(jobId),
  );
  const lines = useMemo(() => data?.pages.flatMap((page) => page.lines).toReversed(), [data]);
  return (
    <>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <LogTail
        lines={lines}
        hasOlder={hasNextPage}
        isLoadingOlder={isFetchingNextPage}
        onOlder={() => void fetchNextPage()}
      />
    </>
  );
};

const between = (from: string | null, to: string | null): string | null =>
  from && to ? formatClock((Date.parse(to) - Date.parse(from)) / 1000) : null;

/** The job's own figures in a line. */
const Facts = ({ job }: { job: Job }) => {
  const { kind, step, steps, dataCount, rollouts, attempt, device, startedAt, finishedAt, result } = job;
  const took = between(startedAt, finishedAt);
  const { peakMemoryBytes, failedQuestions } = result ?? {};
  const facts: (readonly [string, string])[] = [
    ['Step', step === null ? '–' : `${formatCount(step)}${steps === null ? '' : ` of ${formatCount(steps)}`}`],
    [kind === 'dpo' ? 'Pairs' : 'Questions', dataCount === null ? '–' : formatCount(dataCount)],
    ...(kind === 'dpo' ? [] : [['Rollouts', formatCount(rollouts)] as const]),
    ...(attempt > 1 ? [['Starts', formatCount(attempt)] as const] : []),
    ...(device ? [['Device', device] as const] : []),
    ...(startedAt ? [['Started', `${startedAt.slice(0, 16).replace('T', ' ')} UTC`] as const] : []),
    ...(took ? [[attempt > 1 ? 'Last start took' : 'Took', took] as const] : []),
    ...(peakMemoryBytes ? [['Peak memory', formatBytes(peakMemoryBytes)] as const] : []),
    ...(failedQuestions ? [['Left out', `${formatCount(failedQuestions)} questions`] as const] : []),
  ];
  return (
    <dl className="flex flex-wrap items-baseline gap-x-5 gap-y-1 tabular-nums">
      <div className="flex items-baseline gap-1.5">
        <dt className="font-semibold">{jobNames[kind]}</dt>
        <dd>
          <JobState state={job.state} />
        </dd>
      </div>
      {facts.map(([name, value]) => (
        <div key={name} className="flex items-baseline gap-1.5">
          <dt className="text-ink-2 text-xs">{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
};
