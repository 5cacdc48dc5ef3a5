import type { Query, QueryClient } from '@tanstack/react-query';

type IsStale = (query: Pick<Query, 'queryKey'>) => boolean;

/**
 * Asks anew what a change made stale. An answer that is under way is let come, and asked for once more after it: were it
 * begun anew with every change, one that takes longer than changes are apart would never come, and the server would
 * work on all those that were given up.
 */
export const refresh = async (client: QueryClient, isStale: IsStale): Promise<void> => {
  const underWay = client.getQueryCache().findAll({ predicate: isStale, type: 'active', fetchStatus: 'fetching' });
  const asked = new Set(underWay.map(({ queryHash }) => queryHash));
  await client.invalidateQueries({ predicate: isStale }, { cancelRefetch: false });
  if (asked.size === 0) return;
  await client.invalidateQueries({ predicate: ({ queryHash }) => asked.has(queryHash) }, { cancelRefetch: false });
};
