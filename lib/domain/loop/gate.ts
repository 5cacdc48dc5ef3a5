/** The curate gate: which proposed pairs a person decides, which the policy, and when the loop moves on. */
import { z } from 'zod';
import { type GateStatus, gateStatusSchema } from '@/lib/domain/iteration';
import { pairOverviewSchema } from '@/lib/domain/pairs/pair-view';
import { type IterationState, iterationStateSchema } from '@/lib/domain/run';
import { drawIds } from './draw';
import { type Gate, gateSchema } from './plan';

/**
 * The pairs that a person has to decide, of all pairs of the iteration. Drawn from the ids alone, so that no decision
 * changes who is drawn; more pairs do, so draw when all are proposed.
 */
export const pairsToReview = (gate: Gate, pairIds: readonly string[], seed: number): string[] => {
  switch (gate.policy) {
    case 'review_all':
      return [...pairIds];
    case 'review_sample':
      return drawIds(pairIds, gate.count, seed);
    case 'auto_approve':
      return [];
  }
};

export type PairTotals = Pick<GateStatus, 'proposed' | 'approved' | 'rejected'>;
/** Of a drawn sample: how many pairs it has, and how many of them nobody has decided. */
export type SampleTotals = { readonly drawn: number; readonly undecided: number };

/** How far the policy is from being met. `sample` counts only under `review_sample`. */
export const gateStatusOf = (gate: Gate, totals: PairTotals, sample: SampleTotals): GateStatus => {
  const all = totals.proposed + totals.approved + totals.rejected;
  switch (gate.policy) {
    case 'review_all':
      return { ...totals, toReview: totals.proposed, toReviewInAll: all };
    case 'review_sample':
      return { ...totals, toReview: sample.undecided, toReviewInAll: sample.drawn };
    case 'auto_approve':
      return { ...totals, toReview: 0, toReviewInAll: 0 };
  }
};

/** Nobody has to decide anything more: what is still undecided is the policy's. */
export const isGateMet = ({ toReview }: GateStatus): boolean => toReview === 0;

/** Pairs that the policy approves once the gate is met. */
export const leftToPolicy = ({ proposed, toReview }: GateStatus): number => proposed - toReview;

/** The name that the policy's decisions carry, in histories and in the manifest of the set. */
export const policyName = (gate: Gate): string => {
  switch (gate.policy) {
    case 'review_all':
      return 'review all';
    case 'review_sample':
      return `review a sample of ${gate.count}`;
    case 'auto_approve':
      return 'auto-approve';
  }
};

/** The loop proposes and freezes the pairs of such an iteration itself: nobody else may until its gate has opened. */
export const loopHoldsPairs = (state: IterationState): boolean =>
  state === 'grpo' || state === 'verify' || state === 'curate';

/** The gate of an iteration as screens show it. */
export const gateViewSchema = z.object({
  gate: gateSchema,
  /** Null until every pair of the curate stage is proposed: before that no sample is drawn. */
  status: gateStatusSchema.nullable(),
  iterationId: z.uuid(),
  k: z.int(),
  state: iterationStateSchema,
  /** The set that the loop has frozen. */
  pairSet: z.object({ id: z.uuid(), number: z.int() }).nullable(),
});
export type GateView = z.infer<typeof gateViewSchema>;

/**
 * Where a gate is: `ahead` of its stage, `proposing` its pairs, `waiting` for people, `met` and about to open, `passed`,
 * or `stopped` before it opened.
 */
export type GatePhase = 'ahead' | 'proposing' | 'waiting' | 'met' | 'passed' | 'stopped';

/** `status` is null while pairs are still being proposed; `frozen`: the loop has frozen a set, whatever came after. */
export const gatePhase = (state: IterationState, status: GateStatus | null, frozen: boolean): GatePhase => {
  if (frozen) return 'passed';
  switch (state) {
    case 'curate':
      if (status === null) return 'proposing';
      return isGateMet(status) ? 'met' : 'waiting';
    case 'dpo':
    case 'eval':
    case 'done':
      return 'passed';
    case 'failed':
    case 'cancelled':
      return 'stopped';
    default:
      return 'ahead';
  }
};

/** The review queue of an iteration; `gate` is null where no loop waits for it. */
export const reviewOverviewSchema = pairOverviewSchema.extend({ gate: gateViewSchema.nullable() });
export type ReviewOverview = z.infer<typeof reviewOverviewSchema>;
