/** One iteration on its way through the loop, as its screen shows it. */
import { z } from 'zod';
import { jobSchema } from './job';
import { planSchema } from './loop/plan';
import { iterationStateSchema } from './run';

const count = z.int().nonnegative();

/** Stages that an iteration can be retried from. */
const retryStages = ['grpo', 'verify', 'curate', 'dpo', 'eval'] as const;
export const retryStageSchema = z.enum(retryStages);
export type RetryStage = z.infer<typeof retryStageSchema>;

/** The curate gate: how far its policy is from being met. */
export const gateStatusSchema = z.object({
  /** Pairs that a person still has to decide before the gate opens. */
  toReview: count,
  /** Pairs that a person has to decide in all under the policy. */
  toReviewInAll: count,
  proposed: count,
  approved: count,
  rejected: count,
});
export type GateStatus = z.infer<typeof gateStatusSchema>;

export const iterationViewSchema = z.object({
  id: z.uuid(),
  k: count,
  run: z.object({ id: z.uuid(), name: z.string() }),
  state: iterationStateSchema,
  failedStage: z.string().nullable(),
  failedReason: z.string().nullable(),
  /** Why it does not move although nobody has to do anything: an unreachable trainer, or one that works on other jobs. */
  waitingFor: z.string().nullable(),
  cancelRequested: z.boolean(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  createdBy: z.string().nullable(),
  plan: planSchema.nullable(),
  trainer: z.object({ id: z.uuid(), name: z.string(), state: z.string() }).nullable(),
  /** Oldest first, superseded ones too. */
  jobs: z.array(jobSchema),
  rollouts: count,
  /** Rollouts without a verdict of the run's verifier version. */
  unverified: count,
  gate: gateStatusSchema.nullable(),
  pairSet: z.object({ id: z.uuid(), number: count, pairCount: count }).nullable(),
  /** The stages it can be retried from now; empty when it moves or is done. */
  retryFrom: z.array(retryStageSchema),
});
export type IterationView = z.infer<typeof iterationViewSchema>;

export const iterationSummarySchema = iterationViewSchema
  .pick({
    id: true,
    k: true,
    run: true,
    state: true,
    failedStage: true,
    waitingFor: true,
    createdAt: true,
    finishedAt: true,
  })
  .extend({
    /** Of the job under way. */
    step: count.nullable(),
    steps: count.nullable(),
    toReview: count,
  });
export type IterationSummary = z.infer<typeof iterationSummarySchema>;
