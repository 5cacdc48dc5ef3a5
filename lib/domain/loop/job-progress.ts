/** Where a job stands, by the events of its log. */
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import type { JobState } from '@/lib/domain/trainer/names';

export type JobProgress = {
  readonly state: JobState;
  readonly attempt: number;
  readonly device: string | null;
  readonly error: string | null;
  readonly step: number | null;
  readonly steps: number | null;
  /** Times are the trainer's, ISO in UTC. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly result: Readonly<Record<string, number | null>> | null;
};

const INT_MAX = 2_147_483_647;
/** A number that an `int` column holds; trainers are others' programs. */
export const fitsInt = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= INT_MAX;

const finalStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];
/** Whether a job has ended; a resume takes a failed or cancelled one on. */
export const isFinal = (state: JobState): state is 'succeeded' | 'failed' | 'cancelled' => finalStates.includes(state);

/** What one more event makes of it. A job that is resumed keeps its steps, and has no error until it fails again. */
export const followProgress = (job: JobProgress, event: TrainerEvent): JobProgress => {
  if (event.type === 'metric' && fitsInt(event.step)) {
    const steps = event.steps !== null && fitsInt(event.steps) ? event.steps : job.steps;
    return { ...job, step: Math.max(job.step ?? 0, event.step), steps };
  }
  if (event.type === 'result') return { ...job, result: event.values };
  if (event.type !== 'state') return job;
  const { state, device, error, time } = event;
  return {
    ...job,
    state,
    attempt: Math.min(event.attempt, INT_MAX),
    device: device ?? job.device,
    error,
    startedAt: state === 'running' ? time : job.startedAt,
    finishedAt: isFinal(state) ? time : null,
  };
};
