/** Comparisons worth a look, of what a run has. */
import { formatSlice, type Slice, type SliceSummary, sliceName } from '@/lib/domain/slices/slice';
import { slicesOfIterations } from '@/lib/domain/slices/stand-for';

export type Suggestion = { readonly name: string; readonly slices: readonly Slice[] };

const arrow = (slices: readonly Slice[]): string => slices.map(sliceName).join(' → ');

/** First and last evaluation, all of them where there are more, and the first and last GRPO of one run. */
export const suggestComparisons = (summaries: readonly SliceSummary[]): Suggestion[] => {
  const runName = summaries[0]?.runName ?? '';
  const of = (stage: Slice['stage']) => summaries.filter((summary) => summary.stage === stage);
  const ends = (slices: readonly SliceSummary[]) => [slices.slice(0, 1), slices.slice(-1)].flat();
  const found = [ends(of('eval')), of('eval'), ends(of('grpo')), slicesOfIterations(summaries)]
    .filter((slices) => new Set(slices.map(formatSlice)).size > 1)
    .map((slices) => slices.map(({ runId, k, stage }) => ({ runId, k, stage })));
  return [...new Map(found.map((slices) => [arrow(slices), slices])).entries()].map(([name, slices]) => ({
    name: `${name} of ${runName}`,
    slices,
  }));
};
