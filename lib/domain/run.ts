/** Runs as lists and overviews show them: counts first, so that every rate can be recomputed with its denominator. */
import { z } from 'zod';
import { jobSchema } from './job';
import { stageSchema } from './rollout';

export const iterationStates = [
  'imported',
  'draft',
  'grpo',
  'verify',
  'curate',
  'dpo',
  'eval',
  'done',
  'failed',
  'cancelled',
] as const;
export const iterationStateSchema = z.enum(iterationStates);
export type IterationState = z.infer<typeof iterationStateSchema>;

const count = z.int().nonnegative();

/** What one set of rollouts counts up to. Every field is a number of rollouts unless it says otherwise. */
export const tallySchema = z.object({
  rollouts: count,
  /** Those that the run's verifier version has read. */
  verified: count,
  /** Those whose question has a truth, so that they are right or wrong. */
  judged: count,
  correct: count,
  consistent: count,
  inconsistent: count,
  undetermined: count,
  malformed: count,
  repetitive: count,
  cutOff: count,
  /** Sum of thinking tokens, and how many rollouts it sums over. */
  thinkTokens: count,
  measured: count,
  /** Of the measured, those whose tokens are an estimate. */
  estimated: count,
  /** Those whose logged verdict and ours can be compared, and those where they differ. */
  logged: count,
  disagrees: count,
  /** Those whose verdict a person has corrected. */
  corrected: count,
  rightConsistent: count,
  rightInconsistent: count,
  wrongConsistent: count,
  wrongInconsistent: count,
});
export type Tally = z.infer<typeof tallySchema>;
export const tallyFields = tallySchema.keyof().options;

export const emptyTally = (): Tally => tallySchema.parse(Object.fromEntries(tallyFields.map((field) => [field, 0])));

/** The sum of tallies over disjoint rollouts. */
export const sumTallies = (tallies: readonly Tally[]): Tally => {
  const sum = emptyTally();
  for (const tally of tallies) for (const field of tallyFields) sum[field] += tally[field];
  return sum;
};

export const runSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.string(),
  iterations: count,
  rollouts: count,
  questions: count,
  judged: count,
  correct: count,
  consistent: count,
  inconsistent: count,
  undetermined: count,
  pairsToReview: count,
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** The rollouts of one iteration, stage and question set. */
export const cellSchema = z.object({
  iterationId: z.uuid(),
  stage: stageSchema,
  questionSetId: z.uuid(),
  questionSet: z.string(),
  tally: tallySchema,
});
export type Cell = z.infer<typeof cellSchema>;

/** What the loop makes of an iteration that a trainer works on. */
export const loopPartSchema = z.object({
  /** The stages of its plan. */
  planned: z.array(iterationStateSchema.extract(['grpo', 'verify', 'curate', 'dpo', 'eval'])),
  /** Why it does not move although nobody has to do anything. */
  waitingFor: z.string().nullable(),
  /** Pairs that a person must still decide before the gate opens; null while it is not at the gate. */
  toReview: count.nullable(),
  /** The set that its DPO trains on. */
  pairSetId: z.uuid().nullable(),
  /** Those that count, oldest first. */
  jobs: z.array(
    jobSchema.pick({ kind: true, stage: true, state: true, step: true, steps: true, dataCount: true, rollouts: true }),
  ),
});
export type LoopPart = z.infer<typeof loopPartSchema>;

export const iterationSchema = z.object({
  id: z.uuid(),
  k: count,
  state: iterationStateSchema,
  failedStage: z.string().nullable(),
  failedReason: z.string().nullable(),
  pairs: z.object({ proposed: count, approved: count, rejected: count }),
  pairSets: z.array(z.object({ id: z.uuid(), number: count, pairCount: count })),
  /** Null for an iteration whose rollouts were imported. */
  loop: loopPartSchema.nullable(),
});
export type Iteration = z.infer<typeof iterationSchema>;

export const runOverviewSchema = z.object({
  run: z.object({
    id: z.uuid(),
    name: z.string(),
    baseCheckpoint: z.string().nullable(),
    createdAt: z.string(),
    verifier: z.object({ number: count, name: z.string() }),
  }),
  questions: count,
  iterations: z.array(iterationSchema),
  cells: z.array(cellSchema),
  /** Tokens; null before anything was measured. */
  medianThinkTokens: z.number().nullable(),
});
export type RunOverview = z.infer<typeof runOverviewSchema>;
