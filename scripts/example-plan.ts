/** The plans of the example's recorded runs: moving-shapes on two cores, in minutes; settings of the benchmark. */
import type { PlanInput } from '@/lib/domain/loop/plan';

const frames = { minPixels: 3136, maxPixels: 3136 } as const;
const training = { frames, adamBeta2: 0.98, microBatch: 64, checkpointEvery: 10 } as const;
/** A reflection holds two chains. */
const maxNewTokens = 128;

/**
 * Answers to the held-out questions, and nothing else: how good the base is. Drawn as they are in training, since the
 * habits that the loop cures are not in the surest answer.
 */
export const baselinePlan = (heldOut: string): PlanInput => ({
  seed: 0,
  evaluate: {
    questionSets: [heldOut],
    settings: { frames, maxNewTokens, microBatch: 64, temperature: 1, samplesPerQuestion: 4 },
  },
});

type Sets = { readonly train: string; readonly heldOut: string };

/** GRPO, evaluation, curriculum: the loop without its second half. */
export const grpoPlan = ({ train, heldOut }: Sets, seed: number): PlanInput => ({
  ...baselinePlan(heldOut),
  seed,
  explore: {
    questionSets: [train],
    settings: {
      ...training,
      learningRate: 1e-4,
      warmupSteps: 3,
      globalBatch: 64,
      questionBatch: 8,
      samplesPerQuestion: 8,
      maxNewTokens,
      maxSteps: 30,
      epochs: 2,
    },
  },
  curriculum: { discard: 0.8 },
});

/** The same GRPO, then pairs of its rollouts decided by the policy, DPO on them, and evaluation of what that made. */
export const iterationPlan = (sets: Sets, seed: number): PlanInput => ({
  ...grpoPlan(sets, seed),
  // A policy of a million parameters learns from reflections to begin with a wrong chain, and loses right answers.
  curate: { gate: { policy: 'auto_approve' }, pairs: { types: { reflection: false } } },
  align: {
    settings: {
      ...training,
      microBatch: 16,
      learningRate: 5e-5,
      warmupSteps: 2,
      globalBatch: 32,
      beta: 0.1,
      nllWeight: 0.1,
    },
  },
});
