/** Addresses of queues of pairs. */
import type { Route } from 'next';
import type { PairFilters } from '@/lib/domain/pairs/pair-view';

/** Undecided pairs are what the queue is for; `all` is said, not left out. */
export type QueueView = Pick<PairFilters, 'type' | 'stale'> & { readonly state: PairFilters['state'] | 'all' };

/** The address of a queue; what is as usual is left out. */
export const pairsAddress = (runId: string, k: number, { type, state, stale }: QueueView): Route => {
  const search = new URLSearchParams({ run: runId, iteration: String(k) });
  if (type) search.set('type', type);
  if (state !== 'proposed' && state !== undefined) search.set('state', state);
  if (stale) search.set('stale', stale);
  return `/pairs?${search}`;
};
