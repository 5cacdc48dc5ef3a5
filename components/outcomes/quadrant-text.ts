/** Accuracy × consistency in words. */
import { formatPercent } from '@/components/ui/number';
import { changeOf, decidedOf, type SliceQuadrant, shareOf } from '@/lib/domain/outcomes/quadrant';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';

const wrongThinking = (quadrant: SliceQuadrant): string =>
  `${formatCount(quadrant.parts.rightInconsistent)} of ${formatCount(decidedOf(quadrant))}`;

/** How right by wrong thinking went, first to last, with its denominators. */
export const quadrantSummary = (quadrants: readonly SliceQuadrant[]): string => {
  const change = changeOf(quadrants);
  if (change) {
    const { first, last, from, to } = change;
    const verb = to < from ? 'fell' : to > from ? 'rose' : 'stayed';
    const way =
      verb === 'stayed'
        ? `stayed at ${formatPercent(to)}`
        : `${verb} from ${formatPercent(from)} to ${formatPercent(to)}`;
    return `Right by wrong thinking ${way} of the decided rollouts from ${sliceName(first)} to ${sliceName(last)} (${wrongThinking(first)}, then ${wrongThinking(last)}).`;
  }
  const last = quadrants.findLast((quadrant) => decidedOf(quadrant) > 0);
  if (!last) return 'No rollout of this run has both a truth and a decided consistency yet.';
  const share = formatPercent(shareOf(last, 'rightInconsistent') ?? 0);
  return `Right by wrong thinking is ${share} of the decided rollouts of ${sliceName(last)} (${wrongThinking(last)}); no stage has run twice yet, so nothing tells how it changes.`;
};

/** `= 2,560 rollouts`, the sum that the parts of a slice make. */
export const sumText = ({ rollouts }: SliceQuadrant): string => `= ${counted(rollouts, 'rollout')}`;
