/** The lengths of a question's chains in words and as rows. */
import { rolloutAddress } from '@/components/rollouts/addresses';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import type { ComparedChain, SliceChains } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { counted } from '@/lib/domain/text/counted';
import { chainName, nameAmong } from './slice-words';

export type MeasuredChain = ComparedChain & { readonly thinkTokens: number };

/** Those whose thinking was counted, shortest first. */
export const measuredChains = (chains: readonly ComparedChain[]): readonly MeasuredChain[] =>
  chains
    .flatMap((chain) => (chain.thinkTokens === null ? [] : [{ ...chain, thinkTokens: chain.thinkTokens }]))
    .toSorted((a, b) => a.thinkTokens - b.thinkTokens || a.position - b.position);

/** Mean thinking tokens of the measured chains; null without any. */
export const meanLength = (chains: readonly ComparedChain[]): number | null => {
  const all = measuredChains(chains);
  return all.length === 0 ? null : all.reduce((sum, { thinkTokens }) => sum + thinkTokens, 0) / all.length;
};

const rangeText = (chains: readonly ComparedChain[]): string => {
  const all = measuredChains(chains);
  const [first, last, mean] = [all[0]?.thinkTokens, all.at(-1)?.thinkTokens, meanLength(chains)];
  if (first === undefined || last === undefined || mean === null) return 'no chain of known length';
  const range = first === last ? String(first) : `${first}–${last}`;
  return `${counted(all.length, 'chain')} of ${range} tokens, mean ${mean.toFixed(1)}`;
};

/** `GRPO 1: 8 chains of 61–104 tokens, mean 80.3.` for each slice. */
export const lengthSummary = (slices: readonly SliceChains[]): string =>
  slices.map((slice) => `${nameAmong(slice, slices)}: ${rangeText(slice.chains)}.`).join(' ');

/** One row for each chain, with its verdicts. */
export const lengthData = (slices: readonly SliceChains[], list: RolloutListState): ChartData => ({
  columns: [
    { key: 'chain', label: 'Chain', format: 'text' },
    { key: 'slice', label: 'Slice', format: 'text' },
    { key: 'tokens', label: 'Thinking', unit: 'tokens', format: 'count' },
    { key: 'answer', label: 'Answer', format: 'text' },
    { key: 'correct', label: 'Correct', format: 'text' },
    { key: 'consistency', label: 'Consistency', format: 'text' },
    { key: 'reward', label: 'Reward', format: 'number' },
  ],
  rows: slices.flatMap((slice) =>
    slice.chains.map((chain) => ({
      key: chain.id,
      cells: {
        chain: chainName(chain),
        slice: nameAmong(slice, slices),
        tokens: chain.thinkTokens,
        answer: chain.answer,
        correct: chain.correct === null ? null : chain.correct ? 'yes' : 'no',
        consistency: chain.consistency,
        reward: chain.reward,
      },
      href: rolloutAddress(chain.id, list),
    })),
  ),
});
