'use client';
import { cx } from '@/components/ui/cx';
import type { Job } from '@/lib/domain/job';
import { JobState, jobNames } from './job-state';

type JobTabsProps = { jobs: readonly Job[]; chosen: string; onChoose: (jobId: string) => void };

/** `GRPO`, or `GRPO 2` for the second job of a kind. */
const nameOf = (jobs: readonly Job[], job: Job): string => {
  const alike = jobs.filter(({ kind }) => kind === job.kind);
  return alike.length < 2 ? jobNames[job.kind] : `${jobNames[job.kind]} ${alike.indexOf(job) + 1}`;
};

/** The jobs of an iteration in the order they were made; one of them is shown below. */
export const JobTabs = ({ jobs, chosen, onChoose }: JobTabsProps) => (
  <fieldset className="flex max-w-full flex-wrap gap-1 self-start rounded-md border border-line bg-surface p-0.5">
    <legend className="sr-only">Job that is shown</legend>
    {jobs.map((job) => (
      <button
        key={job.id}
        type="button"
        aria-pressed={job.id === chosen}
        onClick={() => onChoose(job.id)}
        {...(job.superseded ? { title: 'Another job took its place' } : {})}
        className={cx(
          'flex h-7 items-center gap-1.5 rounded px-2.5',
          job.id === chosen ? 'bg-accent-soft font-medium' : 'text-ink-2 hover:bg-sunken',
        )}
      >
        <span className={cx(job.superseded && 'line-through')}>{nameOf(jobs, job)}</span>
        <JobState state={job.state} iconOnly />
        {job.superseded && <span className="sr-only">, another job took its place</span>}
      </button>
    ))}
  </fieldset>
);
