'use client';
import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { JobPanel } from '@/components/jobs/job-panel';
import { JobTabs } from '@/components/jobs/job-tabs';
import { LineagePanel } from '@/components/lineage/lineage-panel';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Page } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import type { IterationView as View } from '@/lib/domain/iteration';
import type { Job } from '@/lib/domain/job';
import { secondsPerStep } from '@/lib/domain/job-points';
import { isMoving } from '@/lib/domain/loop/stages';
import { iterationQuery } from '@/lib/queries/iterations';
import { jobMetricsQuery } from '@/lib/queries/jobs';
import { GatePanel } from './gate-panel';
import { IterationActions } from './iteration-actions';
import { IterationLead } from './iteration-lead';
import { PlanPanel } from './plan-panel';
import { StageStrip } from './stage-strip';

/** The job that a person looks at: the chosen one, else the one under way, else the newest that counts. */
const jobShown = (jobs: readonly Job[], chosen: string | null): Job | undefined =>
  jobs.find(({ id }) => id === chosen) ??
  jobs.findLast(({ state, superseded }) => !superseded && (state === 'running' || state === 'queued')) ??
  jobs.findLast(({ superseded }) => !superseded) ??
  jobs.at(-1);

/** Writes the choice into the address, so that it survives a reload; a step back leads away from the page as before. */
const choose = (jobId: string): void => {
  const url = new URL(window.location.href);
  url.searchParams.set('job', jobId);
  window.history.replaceState(null, '', url);
};

const useJobChoice = (jobs: readonly Job[]) => {
  const job = jobShown(jobs, useSearchParams().get('job'));
  useKeys(
    useMemo((): readonly KeyBinding[] => {
      if (jobs.length < 2 || !job) return [];
      const go = (by: number) => () => {
        const next = jobs[(jobs.indexOf(job) + by + jobs.length) % jobs.length];
        if (next) choose(next.id);
      };
      return [
        { keys: ['j'], says: 'Next job', run: go(1) },
        { keys: ['k'], says: 'Job before', run: go(-1) },
      ];
    }, [jobs, job]),
  );
  return job;
};

/** Seconds that the job under way still needs at its present pace; null while nobody can tell. */
const useSecondsLeft = (jobs: readonly Job[]): number | null => {
  const running = jobs.findLast(({ state, superseded }) => state === 'running' && !superseded);
  const { data } = useQuery({ ...jobMetricsQuery(running?.id ?? ''), enabled: running !== undefined });
  if (!running || !data || running.step === null || running.steps === null) return null;
  const pace = secondsPerStep(data.points);
  return pace === null ? null : Math.max(0, running.steps - running.step) * pace;
};

/** One iteration on this screen; `initial` is what the server read for the first paint. */
export const IterationView = ({ initial }: { initial: View }) => {
  const { data, error, refetch } = useQuery({ ...iterationQuery(initial.id), initialData: initial });
  const job = useJobChoice(data.jobs);
  const secondsLeft = useSecondsLeft(data.jobs);
  // While it waits for people it comes first; before and after, the charts do.
  const gate = data.plan?.curate && (
    <GatePanel
      iterationId={data.id}
      runId={data.run.id}
      k={data.k}
      gate={data.plan.curate.gate}
      status={data.gate}
      state={data.state}
      pairSet={data.pairSet}
    />
  );
  return (
    <Page
      title={`Iteration ${data.k} of ${data.run.name}`}
      lead={<IterationLead view={data} />}
      actions={<IterationActions view={data} />}
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <Standing view={data} />
      <StageStrip view={data} secondsLeft={secondsLeft} />
      {data.state === 'curate' && gate}
      {data.jobs.length > 1 && job && <JobTabs jobs={data.jobs} chosen={job.id} onChoose={choose} />}
      {job ? (
        <JobPanel key={job.id} job={job} runId={data.run.id} k={data.k} />
      ) : (
        <Panel>
          <NoJobs view={data} />
        </Panel>
      )}
      {data.state !== 'curate' && gate}
      {data.plan && <PlanPanel plan={data.plan} runId={data.run.id} />}
      <LineagePanel runId={data.run.id} />
    </Page>
  );
};

/** What keeps it from moving, or why it stopped. */
const Standing = ({ view }: { view: View }) => {
  const { state, failedStage, failedReason, waitingFor } = view;
  if (state === 'failed') {
    return (
      <p role="alert" className="break-words rounded-md border border-bad bg-bad-soft px-3 py-2">
        <span className="font-medium">It failed{failedStage && ` in ${failedStage}`}.</span>{' '}
        {failedReason ?? 'Nobody said why.'}
      </p>
    );
  }
  if (!waitingFor || !isMoving(state)) return null;
  return (
    <p role="status" className="flex items-start gap-2 rounded-md border border-line-strong bg-sunken px-3 py-2">
      <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0 text-check-repetition" />
      <span className="min-w-0 break-words">{waitingFor} Nothing is lost: it goes on by itself.</span>
    </p>
  );
};

const NoJobs = ({ view: { plan, state, run, k } }: { view: View }) =>
  plan ? (
    <Empty title={isMoving(state) ? 'No job has been given to the trainer yet' : 'No job was given to a trainer'}>
      Its charts and its log appear here with the first one.
    </Empty>
  ) : (
    <Empty
      title="No trainer worked on this iteration"
      action={
        <Link href={`/rollouts?run=${run.id}&iteration=${k}`} className="text-accent hover:underline">
          Browse its rollouts
        </Link>
      }
    >
      Its rollouts were imported: there are no charts and no log.
    </Empty>
  );
