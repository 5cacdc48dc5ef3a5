/** What each metric is, for readers who have never seen the studio. */
import type { Metric } from '@/lib/domain/comparison/metrics';

type Definition = {
  readonly words: string;
  readonly formula: string;
};

export const metricDefinitions: Readonly<Record<Metric, Definition>> = {
  accuracy: {
    words:
      'How right the answers are. r_a is a score from 0 to 1 by the kind of question: 0 or 1 for choices, numbers and mathematics; for regression the mean relative accuracy; for text read from pictures 1 less the word error rate; for free text the mean of ROUGE-1, ROUGE-2 and ROUGE-L.',
    formula: 'sum of r_a ÷ rollouts with an r_a',
  },
  correct: {
    words:
      'How many answers count as right: an r_a of at least the bound of the verifier version, by default 1, and 0.5 for regression, text read from pictures and free text.',
    formula: 'right rollouts ÷ rollouts with a truth',
  },
  inconsistent: {
    words:
      'How often the thinking concludes something else than the answer says, whether the answer is right or not. Rollouts for which nobody can tell are in neither number.',
    formula: 'inconsistent rollouts ÷ (consistent + inconsistent rollouts)',
  },
  rightConsistent: {
    words: 'Right answers by thinking that leads to them. Those that are undetermined count as not consistent.',
    formula: 'rollouts that are right and consistent ÷ rollouts with a truth',
  },
  repetitive: {
    words: 'How many repeat themselves: too large a share of their words lies in passages that were there before.',
    formula: 'repetitive rollouts ÷ rollouts read for repetition',
  },
  malformed: {
    words: 'How many do not keep the form: exactly one thinking, then exactly one answer, nothing around them.',
    formula: 'malformed rollouts ÷ rollouts read for their form',
  },
  cutOff: {
    words: 'How many ended at the limit of tokens, or in a thinking or an answer that never closes.',
    formula: 'rollouts cut off ÷ rollouts read for their length',
  },
  tokens: {
    words: 'How long the thinking is, in tokens. Longer is neither better nor worse by itself.',
    formula: 'sum of thinking tokens ÷ rollouts whose thinking was measured',
  },
  reward: {
    words: 'What the training is given: r_a, and r_f = 0.5 for a rollout that keeps the form, else 0. At most 1.5.',
    formula: 'sum of (r_a + r_f) ÷ rollouts with a reward',
  },
};
