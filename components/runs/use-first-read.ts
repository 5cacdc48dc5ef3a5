'use client';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { runKeys } from '@/lib/queries/runs';

/** What is read of runs for the first time: news of what is shown already does not count. */
const firstReads = {
  queryKey: runKeys.all,
  predicate: ({ state }: { state: { data: unknown } }) => state.data === undefined,
} as const;

/**
 * True once everything mounted so far has what it draws, and ever after. What stands further down waits for it, so that
 * database and browser serve first what people see first.
 */
export const useFirstRead = (): boolean => {
  const client = useQueryClient();
  const reads = useIsFetching(firstReads);
  const [isRead, setIsRead] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `reads` says when to look; on mount it is still that of before
  useEffect(() => {
    if (client.isFetching(firstReads) === 0) setIsRead(true);
  }, [client, reads]);
  return isRead;
};
