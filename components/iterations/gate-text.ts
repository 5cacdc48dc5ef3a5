/** How the curate gate reads, in the review queue and on the iteration's page. */

import type { GateStatus } from '@/lib/domain/iteration';
import { leftToPolicy } from '@/lib/domain/loop/gate';
import type { Gate } from '@/lib/domain/loop/plan';
import { counted, formatCount } from '@/lib/domain/text/counted';

/** Who decides, in a sentence. */
export const policySays = (gate: Gate): string => {
  switch (gate.policy) {
    case 'review_all':
      return 'A person decides every proposed pair.';
    case 'review_sample':
      return `A person decides a sample of ${counted(gate.count, 'pair')}, drawn by the plan’s seed. The policy approves the others.`;
    case 'auto_approve':
      return 'The policy approves every proposed pair. Nobody has to review.';
  }
};

/** `12 of 20 still to review` */
export const waitingSays = ({ toReview, toReviewInAll }: GateStatus): string =>
  `${formatCount(toReview)} of ${formatCount(toReviewInAll)} still to review`;

/** What follows when people have done their part. */
export const afterSays = (status: GateStatus): string => {
  const rest = leftToPolicy(status);
  const frozen = 'the approved pairs are frozen into a set, and the loop moves on';
  if (rest === 0) return frozen;
  return `the policy approves the other ${formatCount(rest)}, ${frozen}`;
};
