/** Sums over the counts of an iteration's pairs. */
import type { PairState, PairType } from '@/lib/domain/pair';
import type { PairCount } from '@/lib/domain/pairs/pair-view';

type Narrow = { readonly type?: PairType | undefined; readonly state?: PairState | undefined };

/** Pairs of the type and state asked for; of all where one is left out. */
export const countOf = (counts: readonly PairCount[], { type, state }: Narrow = {}): number =>
  counts
    .filter((row) => (type === undefined || row.type === type) && (state === undefined || row.state === state))
    .reduce((sum, { count }) => sum + count, 0);
