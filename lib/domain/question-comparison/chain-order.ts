import type { ChainOrder } from './address';
import type { ComparedChain } from './comparison';

type Ranked = Pick<ComparedChain, 'position' | 'thinkTokens' | 'reward'>;

const rank: Record<ChainOrder, (chain: Ranked) => number> = {
  sample: () => 0,
  length: ({ thinkTokens }) => -(thinkTokens ?? Number.NEGATIVE_INFINITY),
  reward: ({ reward }) => -(reward ?? Number.NEGATIVE_INFINITY),
};

/** As sampled, the longest first, or the best first; what has no length or reward comes last, ties as sampled. */
export const orderChains = <C extends Ranked>(chains: readonly C[], order: ChainOrder): readonly C[] =>
  chains.toSorted((a, b) => {
    const [before, after] = [rank[order](a), rank[order](b)];
    return before === after ? a.position - b.position : before < after ? -1 : 1;
  });
