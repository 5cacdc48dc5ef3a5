'use client';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { Outbox, type OutboxState } from './outbox';

type Kind<E extends { readonly id: string }, A> = {
  /** Of its rows in the browser's storage. */
  readonly name: string;
  readonly schema: z.ZodType<E>;
  readonly send: (entry: E) => Promise<A>;
};

/** One kind of outbox: opens that of a person, always the same one. It outlives the screen: leaving it inside the studio does not stop the sending. */
export const createOutboxes = <E extends { readonly id: string }, A>({ name, schema, send }: Kind<E, A>) => {
  const outboxes = new Map<string, Outbox<E, A>>();
  return (viewerId: string): Outbox<E, A> => {
    const known = outboxes.get(viewerId);
    if (known) return known;
    const outbox = new Outbox({
      store: window.localStorage,
      name,
      schema,
      viewerId,
      send,
      // Without locks (plain HTTP from another machine) two tabs may both send: ids make that harmless.
      exclusively: async (work) => {
        if ('locks' in navigator) await navigator.locks.request(`veripo.${name}`, work);
        else await work();
      },
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    outboxes.set(viewerId, outbox);
    return outbox;
  };
};

const nothing = () => undefined;

/**
 * The outbox of this person in this browser and what waits in it; undefined until the page has come alive. What an
 * earlier page left is sent at once, and leaving with something unsaved asks first.
 */
export const useOutboxOf = <E extends { readonly id: string }, A>(
  open: (viewerId: string) => Outbox<E, A>,
  viewerId: string,
): { outbox: Outbox<E, A> | undefined; state: OutboxState<E> } => {
  const [outbox, setOutbox] = useState<Outbox<E, A>>();
  const [empty] = useState<OutboxState<E>>({ entries: [], trouble: null, volatile: false });
  const emptyState = useCallback(() => empty, [empty]);
  const state = useSyncExternalStore(outbox?.watch ?? (() => nothing), outbox?.getState ?? emptyState, emptyState);

  useEffect(() => {
    const opened = open(viewerId);
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
  }, [open, viewerId]);

  const unsaved = state.entries.length > 0;
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);

  return { outbox, state };
};
