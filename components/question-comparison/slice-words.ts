/** How slices and chains are called on the page of one question. */
import type { ComparedChain, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { type Slice, sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';

type Named = Slice & { readonly runName: string };

/** `GRPO 2`, and of which run where the list is of several. */
export const nameAmong = (slice: Named, all: readonly Named[]): string =>
  all.every(({ runId }) => runId === slice.runId) ? sliceName(slice) : `${sliceName(slice)} of ${slice.runName}`;

export const chainName = ({ position }: Pick<ComparedChain, 'position'>): string => `Sample ${position}`;

/** Chains of the shown group that are not on the page. */
export const missingChains = ({ groups, groupId, chains }: SliceChains): number =>
  Math.max(0, (groups.find(({ id }) => id === groupId)?.rollouts ?? 0) - chains.length);

/** `≈ 120 tokens`; an en dash where nobody counted. */
export const lengthText = ({ thinkTokens, tokenSource }: Pick<ComparedChain, 'thinkTokens' | 'tokenSource'>): string =>
  thinkTokens === null ? '– tokens' : `${tokenSource === 'estimate' ? '≈ ' : ''}${counted(thinkTokens, 'token')}`;
