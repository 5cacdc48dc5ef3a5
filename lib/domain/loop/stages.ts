/** The order of an iteration's stages, and which of them a plan has. */
import type { RetryStage } from '@/lib/domain/iteration';
import type { IterationState } from '@/lib/domain/run';
import type { JobKind } from '@/lib/domain/trainer/names';
import type { Plan } from './plan';

/** States that the worker moves an iteration through, in order. */
export const movingStates = ['grpo', 'verify', 'curate', 'dpo', 'eval'] as const satisfies readonly RetryStage[];
export type MovingState = (typeof movingStates)[number];

export const isMoving = (state: IterationState): state is MovingState =>
  movingStates.some((moving) => moving === state);

/** The jobs that an iteration can have, one of each kind that counts. */
export const jobSlots = ['explore', 'sample', 'align', 'evaluate'] as const;
export type JobSlot = (typeof jobSlots)[number];

export const slotKind = {
  explore: 'grpo',
  sample: 'rollout',
  align: 'dpo',
  evaluate: 'eval',
} as const satisfies Record<JobSlot, JobKind>;

/** The slots that a state runs, in order. */
export const slotsOf: Readonly<Record<MovingState, readonly JobSlot[]>> = {
  grpo: ['explore', 'sample'],
  verify: [],
  curate: [],
  dpo: ['align'],
  eval: ['evaluate'],
};

/** The states that this plan passes through, in order: what is null in it is passed over. */
export const statesOf = (plan: Plan): readonly MovingState[] => {
  const samples = plan.explore !== null || plan.sample !== null;
  const has: Readonly<Record<MovingState, boolean>> = {
    grpo: samples,
    verify: samples,
    curate: plan.curate !== null,
    dpo: plan.align !== null,
    eval: plan.evaluate !== null,
  };
  return movingStates.filter((state) => has[state]);
};

/** Where a plan begins. A plan has at least one stage, so that there is one. */
export const firstState = (plan: Plan): MovingState => {
  const [first] = statesOf(plan);
  if (first === undefined) throw new Error('a plan without a stage was not refused');
  return first;
};

/**
 * The stages that a failed or cancelled iteration can be retried from: those of its plan up to the one it came to.
 * Where it came to is unknown, all of them.
 */
export const retryStagesOf = (plan: Plan, cameTo: string | null): RetryStage[] => {
  const states = statesOf(plan);
  const names: readonly (string | null)[] = states;
  const at = names.indexOf(cameTo);
  return states.slice(0, at === -1 ? states.length : at + 1);
};
