'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { sendDecision, sendUndo } from '@/lib/queries/pairs';
import { Outbox, type OutboxState } from './outbox';

const LOCK = 'veripo.outbox';
const EMPTY: OutboxState = { entries: [], trouble: null, volatile: false };

/** Outlives the screen: leaving it inside the studio does not stop the sending. */
const outboxes = new Map<string, Outbox>();

const openOutbox = (viewerId: string): Outbox => {
  const known = outboxes.get(viewerId);
  if (known) return known;
  const outbox = new Outbox({
    store: window.localStorage,
    viewerId,
    send: (entry) =>
      entry.kind === 'undo'
        ? sendUndo(entry.iterationId, entry.id)
        : sendDecision(entry.pairId, entry.id, entry.request),
    // Without locks (plain HTTP from another machine) two tabs may both send: ids make that harmless.
    exclusively: async (work) => {
      if ('locks' in navigator) await navigator.locks.request(LOCK, work);
      else await work();
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  outboxes.set(viewerId, outbox);
  return outbox;
};

const nothing = () => undefined;
const emptyState = () => EMPTY;

/**
 * The outbox of this person in this browser and what waits in it; undefined until the page has come alive. What an
 * earlier page left is sent at once, and leaving with something unsaved asks first.
 */
export const useOutbox = (viewerId: string): { outbox: Outbox | undefined; state: OutboxState } => {
  const [outbox, setOutbox] = useState<Outbox>();
  const state = useSyncExternalStore(outbox?.watch ?? (() => nothing), outbox?.getState ?? emptyState, emptyState);

  useEffect(() => {
    const opened = openOutbox(viewerId);
    setOutbox(opened);
    opened.resume();
    const sync = () => opened.sync();
    const retry = () => opened.resume();
    window.addEventListener('storage', sync);
    window.addEventListener('online', retry);
    return () => {
      window.removeEventListener('storage', sync);
      window.removeEventListener('online', retry);
    };
  }, [viewerId]);

  const unsaved = state.entries.length > 0;
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);

  return { outbox, state };
};
