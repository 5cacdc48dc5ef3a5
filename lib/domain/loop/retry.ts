/** What becomes of an iteration's jobs when it is retried from a stage. */
import type { RetryStage } from '@/lib/domain/iteration';
import type { JobKind, JobState } from '@/lib/domain/trainer/names';
import type { Plan } from './plan';
import { type JobSlot, movingStates, slotKind, slotsOf } from './stages';

type RetriedJob = { readonly id: string; readonly kind: JobKind; readonly state: JobState };

export type RetriedJobs = {
  /** They count no more: another takes their place. */
  readonly superseded: readonly string[];
  /** The trainer is to take it on from its last checkpoint; null where none broke off. */
  readonly resumed: string | null;
};

/**
 * Jobs of later stages count no more. In the stage itself, what succeeded stands as long as a job after it did not, and
 * the first that broke off is taken on; one that still runs on the trainer is followed on. Where all succeeded, all are
 * made again. `jobs` are those that count.
 */
export const retryJobs = (plan: Plan, from: RetryStage, jobs: readonly RetriedJob[]): RetriedJobs => {
  const jobOf = (slot: JobSlot) => jobs.find(({ kind }) => kind === slotKind[slot]);
  const own = slotsOf[from].filter((slot) => plan[slot] !== null);
  const next = own.findIndex((slot) => jobOf(slot)?.state !== 'succeeded');
  const kept = new Set(own.slice(0, next + 1).map((slot) => jobOf(slot)?.id));
  const slots = movingStates.slice(movingStates.indexOf(from)).flatMap((state) => slotsOf[state]);
  const superseded = slots.flatMap((slot) => jobOf(slot) ?? []).filter(({ id }) => !kept.has(id));
  const broken = own[next] && jobOf(own[next]);
  const resumes = broken?.state === 'failed' || broken?.state === 'cancelled';
  return { superseded: superseded.map(({ id }) => id), resumed: resumes ? broken.id : null };
};
