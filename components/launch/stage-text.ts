import type { PlanStage } from '@/lib/domain/loop/draft';

export const stageNames: Record<PlanStage, string> = {
  explore: 'GRPO',
  sample: 'Sample again',
  curate: 'Pairs and their review',
  align: 'DPO',
  evaluate: 'Evaluation',
  curriculum: 'Curriculum',
};

export const stageSays: Record<PlanStage, string> = {
  explore: 'Samples a group of rollouts per question, has the verifier reward them, and updates the policy.',
  sample: 'Samples rollouts from the policy as it is then, so that pairs come from what it says now.',
  curate: 'Pairs are proposed from this iteration’s rollouts; when the policy of review is met, the set is frozen.',
  align: 'Learns to prefer the chosen responses of a frozen pair set.',
  evaluate: 'Answers held-out question sets, greedily at temperature 0.',
  curriculum: 'Leaves questions that every rollout answers right out of the next iterations; any can be put back.',
};
