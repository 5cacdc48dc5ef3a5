'use client';
/** The order of the queue: read page by page ahead of the reviewer, with the next pairs' texts already here. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useState } from 'react';
import type { PairFilters } from '@/lib/domain/pairs/pair-view';
import { fetchPairPage, pairQuery } from '@/lib/queries/pairs';
import { emptyQueue, moveQueue, type QueueMove, type QueueState } from './queue-state';

const AHEAD = 10;
/** A page is read when fewer than this many pairs are left. */
const LOW = 40;

export type Queue = {
  readonly state: QueueState;
  readonly move: (move: QueueMove) => void;
  readonly error: Error | null;
  readonly reading: boolean;
  /** Reads on: after an error, or when new pairs may have come. */
  readonly readOn: () => void;
};

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** `ready` false waits: acts of an earlier page are on their way and will change the order. */
export const useQueue = (iterationId: string, filters: PairFilters, ready: boolean): Queue => {
  const client = useQueryClient();
  const [state, move] = useReducer(moveQueue, emptyQueue);
  const [error, setError] = useState<Error | null>(null);
  const [reading, setReading] = useState(false);
  const { order, at, next, done } = state;
  const { type, state: wanted, stale } = filters;

  const read = useCallback(
    (after: string | null) => {
      setReading(true);
      setError(null);
      fetchPairPage(iterationId, { type, state: wanted, stale }, after)
        .then((page) => move({ type: 'read', page }))
        .catch((failure: unknown) => setError(toError(failure)))
        .finally(() => setReading(false));
    },
    [iterationId, type, wanted, stale],
  );

  const low = next === undefined || (next !== null && order.length - at < LOW);
  const due = ready && low && !reading && error === null;
  useEffect(() => {
    if (due) read(next ?? null);
  }, [due, next, read]);

  useEffect(() => {
    const ahead = order.slice(at).filter((id) => !done.has(id));
    for (const id of ahead.slice(0, AHEAD)) void client.prefetchQuery(pairQuery(id));
  }, [client, order, at, done]);

  const readOn = useCallback(() => read(error && next ? next : null), [read, error, next]);
  return { state, move, error, reading: reading || next === undefined, readOn };
};
