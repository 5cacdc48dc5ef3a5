/** Decisions in words. */
import { formatPercent } from '@/components/ui/number';
import { agreementOf, countPairs, type Decisions, type StandingOutcome } from '@/lib/domain/outcomes/decision';
import { counted, formatCount } from '@/lib/domain/text/counted';

export const standingNames: Readonly<Record<StandingOutcome, string>> = {
  unchanged: 'approved as proposed',
  swapped: 'swapped and approved',
  replaced: 'replaced and approved',
  edited: 'edited and approved',
  rejected: 'rejected',
  undecided: 'undecided',
};

/** Who decided how many, how often people agree with the rules, and how many verdicts they corrected. */
export const decisionSummary = ({ standing, corrected }: Decisions): string => {
  const [people, policy] = [
    countPairs(standing, ({ by }) => by === 'people'),
    countPairs(standing, ({ by }) => by === 'policy'),
  ];
  const undecided = countPairs(standing, ({ by }) => by === null);
  const { share, count, total, low, high } = agreementOf(standing);
  const agreement =
    share === null
      ? 'People have decided none of them, so nothing tells how often they agree.'
      : `People approved ${formatCount(count)} of the ${formatCount(total)} they decided as proposed: ${formatPercent(share)} (95 % interval ${formatPercent(low)} to ${formatPercent(high)}).`;
  const rollouts = corrected.reduce((sum, each) => sum + each.rollouts, 0);
  return `${counted(people, 'pair')} decided by people, ${formatCount(policy)} by a policy, ${formatCount(undecided)} undecided. ${agreement} ${rollouts === 0 ? 'No verdict is corrected.' : `Verdicts of ${counted(rollouts, 'rollout')} are corrected.`}`;
};
