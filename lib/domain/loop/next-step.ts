/**
 * The loop's one decision: what an iteration does next, from what is stored about it and from nothing else. Whoever
 * asks may be killed at any moment and ask again.
 */
import type { GateStatus } from '@/lib/domain/iteration';
import type { IterationState } from '@/lib/domain/run';
import type { JobState } from '@/lib/domain/trainer/names';
import { isGateMet, leftToPolicy } from './gate';
import type { Plan } from './plan';
import { isMoving, type JobSlot, type MovingState, slotsOf, statesOf } from './stages';

export type JobFact = {
  readonly id: string;
  readonly state: JobState;
  readonly error: string | null;
  /** Somebody retried its stage. */
  readonly resumeRequested: boolean;
};

export type Snapshot = {
  readonly state: IterationState;
  readonly cancelRequested: boolean;
  readonly plan: Plan;
  /** False when its trainer is no longer registered, and when the person in whose name it acts is gone. */
  readonly hasTrainer: boolean;
  readonly hasPerson: boolean;
  /** The job of each kind that counts; null where none was made. */
  readonly jobs: Readonly<Record<JobSlot, JobFact | null>>;
  /** A job that another took the place of and that runs on; null when there is none. */
  readonly stray: string | null;
  /** Some rollout has no verdict. */
  readonly unverified: boolean;
  /** Every pair is proposed. */
  readonly proposed: boolean;
  /** Null before that. */
  readonly gate: GateStatus | null;
  /** The frozen set that DPO learns from. */
  readonly pairSet: { readonly pairCount: number } | null;
};

export type Step =
  /** It is over, or no trainer moves it. */
  | { readonly do: 'nothing' }
  /** End a job on the trainer and follow it to its end: the job of a cancelled iteration, or a stray. */
  | { readonly do: 'end job'; readonly jobId: string }
  | { readonly do: 'create job'; readonly from: MovingState; readonly slot: JobSlot }
  | { readonly do: 'resume job'; readonly jobId: string }
  /** Submit it, which may be repeated, and follow it to its end. */
  | { readonly do: 'follow job'; readonly jobId: string }
  | { readonly do: 'verify' }
  | { readonly do: 'propose' }
  /** People have to decide so many pairs first. */
  | { readonly do: 'wait'; readonly toReview: number }
  | { readonly do: 'approve rest' }
  | { readonly do: 'freeze' }
  | { readonly do: 'enter'; readonly from: MovingState; readonly next: MovingState }
  /** The end; before it, the share of questions all answered right that the next iterations leave out. */
  | { readonly do: 'finish'; readonly from: MovingState; readonly discard: number | null }
  | { readonly do: 'fail'; readonly from: MovingState; readonly reason: string }
  | { readonly do: 'end cancelled'; readonly from: MovingState };

const isOpen = (job: JobFact): boolean => job.state === 'queued' || job.state === 'running';

/** What is next. `wait` and `nothing` mean that only news from outside changes that. */
export const nextStep = (at: Snapshot): Step => {
  const { state: from } = at;
  if (!isMoving(from)) return { do: 'nothing' };
  if (at.stray !== null && at.hasTrainer) return { do: 'end job', jobId: at.stray };
  if (at.cancelRequested) return cancelStep(at, from);
  if (!at.hasPerson) return { do: 'fail', from, reason: 'The person who launched it is no longer here.' };
  return jobStep(at, from) ?? stageStep[from](at, from) ?? onward(at, from);
};

const cancelStep = (at: Snapshot, from: MovingState): Step => {
  const open = slotsOf[from].map((slot) => at.jobs[slot]).find((job) => job !== null && isOpen(job));
  return open && at.hasTrainer ? { do: 'end job', jobId: open.id } : { do: 'end cancelled', from };
};

/** The first job of the stage that has not succeeded; undefined when all have. */
const jobStep = (at: Snapshot, from: MovingState): Step | undefined => {
  const slot = slotsOf[from].find((one) => at.plan[one] !== null && at.jobs[one]?.state !== 'succeeded');
  if (slot === undefined) return undefined;
  if (slot === 'align' && !at.pairSet?.pairCount) {
    return { do: 'fail', from, reason: 'There is no frozen pair set to learn from.' };
  }
  if (!at.hasTrainer) {
    return { do: 'fail', from, reason: 'Its trainer is no longer registered. Launch a new iteration on another one.' };
  }
  const job = at.jobs[slot];
  if (job === null) return { do: 'create job', from, slot };
  if (isOpen(job)) return { do: 'follow job', jobId: job.id };
  if (job.resumeRequested) return { do: 'resume job', jobId: job.id };
  return { do: 'fail', from, reason: whyOver(job) };
};

const whyOver = ({ state, error }: JobFact): string => {
  if (state === 'cancelled') return 'The job was cancelled on the trainer.';
  return error ?? 'The job failed, and the trainer did not say why.';
};

const verifyStep = (at: Snapshot): Step | undefined => (at.unverified ? { do: 'verify' } : undefined);

const NOTHING_TO_LEARN = 'there is nothing to learn from';

const curateStep = ({ pairSet, proposed, gate }: Snapshot, from: MovingState): Step | undefined => {
  if (pairSet !== null) return undefined;
  if (!proposed || gate === null) return { do: 'propose' };
  if (gate.proposed + gate.approved + gate.rejected === 0) {
    const reason = `No pair could be made of the rollouts: ${NOTHING_TO_LEARN}. Retry from grpo, or launch with more samples per question.`;
    return { do: 'fail', from, reason };
  }
  if (gate.proposed + gate.approved === 0) {
    const reason = `Every pair was rejected: ${NOTHING_TO_LEARN}. Propose again or retry from grpo.`;
    return { do: 'fail', from, reason };
  }
  if (!isGateMet(gate)) return { do: 'wait', toReview: gate.toReview };
  return leftToPolicy(gate) > 0 ? { do: 'approve rest' } : { do: 'freeze' };
};

/** What a stage does besides its jobs. */
const stageStep: Readonly<Record<MovingState, (at: Snapshot, from: MovingState) => Step | undefined>> = {
  grpo: () => undefined,
  verify: verifyStep,
  curate: curateStep,
  dpo: () => undefined,
  eval: verifyStep,
};

const onward = ({ plan }: Snapshot, from: MovingState): Step => {
  const states = statesOf(plan);
  const next = states[states.indexOf(from) + 1];
  return next === undefined
    ? { do: 'finish', from, discard: plan.curriculum?.discard ?? null }
    : { do: 'enter', from, next };
};
