/** The yield of pairs in words. */
import { typeNames } from '@/components/pairs/act-text';
import { groupsOf, type PairYields, per100Groups, sumYields } from '@/lib/domain/outcomes/pair-yield';
import { pairTypes } from '@/lib/domain/pair';
import { counted, formatCount } from '@/lib/domain/text/counted';

/** `298 per 100 groups`; a dash without groups. */
export const perGroupsText = (pairs: number, groups: number): string => {
  const rate = per100Groups(pairs, groups);
  return rate === null ? '– per 100 groups' : `${Number(rate.toPrecision(3))} per 100 groups`;
};

/** How many, by type and iteration, and what became of them. */
export const yieldSummary = (pairs: PairYields): string => {
  const { yields } = pairs;
  const total = sumYields(yields);
  const types = pairTypes.flatMap((type) => {
    const count = sumYields(yields.filter((each) => each.type === type)).pairs;
    return count > 0 ? [`${formatCount(count)} ${typeNames[type].toLowerCase()}`] : [];
  });
  const turns = [...Map.groupBy(yields, ({ iterationId }) => iterationId)].map(
    ([id, own]) => `${perGroupsText(sumYields(own).pairs, groupsOf(pairs, id))} in iteration ${own[0]?.k ?? 0}`,
  );
  return `${counted(total.pairs, 'pair')} proposed (${types.join(', ')}): ${turns.join(', ')}. ${formatCount(total.approved)} approved, ${formatCount(total.frozen)} frozen into sets.`;
};
