import { type Slice, sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { Pairing } from './schema';

type Named = Slice & { readonly runName: string };

/** The slice's name, with its run where the page has several. */
export const nameAmong = (slice: Named, slices: readonly Named[]): string =>
  new Set(slices.map(({ runId }) => runId)).size > 1 ? `${sliceName(slice)} of ${slice.runName}` : sliceName(slice);

/** Over which questions a slice is held against the baseline, in a sentence. */
export const pairingText = (
  slice: Named,
  slices: readonly Named[],
  { paired, shared, base, other }: Pairing,
): string => {
  const name = nameAmong(slice, slices);
  if (!paired) {
    return `${name}: only ${counted(shared, 'question')} in common, so the ${formatCount(base)} and ${formatCount(other)} questions are drawn apart.`;
  }
  if (shared === base && shared === other) return `${name}: paired over the same ${counted(shared, 'question')}.`;
  return `${name}: paired over the ${counted(shared, 'question')} that both have (of ${formatCount(base)} and ${formatCount(other)}); the difference is over these alone.`;
};
