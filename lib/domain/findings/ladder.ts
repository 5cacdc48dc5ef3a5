/** Which slices of a run answer what it became, and which slices of another tell what DPO did. */
import type { Slice, SliceSummary } from '@/lib/domain/slices/slice';

const inTurn = (slices: readonly SliceSummary[]): SliceSummary[] => slices.toSorted((a, b) => a.k - b.k);

const share = (a: SliceSummary, b: SliceSummary): boolean =>
  a.sets.some(({ id }) => b.sets.some((set) => set.id === id));

/**
 * The first and the last slice that can be held against each other: evaluations where two have a question set in
 * common, else what GRPO sampled, else what activation did; null where there are no two.
 */
export const ladderOf = (slices: readonly SliceSummary[]): readonly [SliceSummary, SliceSummary] | null => {
  for (const stage of ['eval', 'grpo', 'activation'] as const) {
    const own = inTurn(slices.filter((slice) => slice.stage === stage));
    const last = own.at(-1);
    const first = last && own.find((slice) => slice !== last && share(slice, last));
    if (first && last) return [first, last];
  }
  return null;
};

/** DPO is told by its first turn alone and by all turns together. */
const MOST_STEPS = 2;

/**
 * Evaluations after DPO with those of the same iteration of a run that had none, which asked the same sets: the first
 * and the last. Each as `[without, with]`.
 */
export const dpoSteps = (
  own: readonly SliceSummary[],
  partner: readonly SliceSummary[],
): (readonly [Slice, Slice])[] => {
  const steps = inTurn(own).flatMap((slice) => {
    const beside = partner.find(({ k, stage, afterDpo }) => k === slice.k && stage === 'eval' && afterDpo === false);
    return slice.stage === 'eval' && slice.afterDpo === true && beside && share(slice, beside)
      ? [[beside, slice] as const]
      : [];
  });
  return steps.length <= MOST_STEPS ? steps : [steps[0], steps.at(-1)].flatMap((step) => (step ? [step] : []));
};
