/** Walking the queue: the order stands still under the reviewer's hands, whatever others decide meanwhile. */
import type { PairPage } from '@/lib/domain/pairs/pair-view';

export type QueueState = {
  readonly order: readonly string[];
  /** Position in `order`; its length when the reviewer is past the last pair. */
  readonly at: number;
  /** Cursor of the page to read next; null when all was read, undefined before the first page. */
  readonly next: string | null | undefined;
  /** Decided on this page, so that moving on passes them. */
  readonly done: ReadonlySet<string>;
};

export const emptyQueue: QueueState = { order: [], at: 0, next: undefined, done: new Set() };

export type QueueMove =
  | { readonly type: 'read'; readonly page: PairPage }
  /** The pair at hand is decided: on to the next undecided one. */
  | { readonly type: 'decided'; readonly id: string }
  /** Undecided, to the end. */
  | { readonly type: 'skipped'; readonly id: string }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  /** Puts a pair on the screen, undecided again or for another look. */
  | { readonly type: 'show'; readonly id: string };

/** The next position after `from` that is not decided, then the first before it; the end when there is none. */
const nextOpen = (order: readonly string[], done: ReadonlySet<string>, from: number): number => {
  const isOpen = (id: string) => !done.has(id);
  const after = order.findIndex((id, at) => at >= from && isOpen(id));
  if (after >= 0) return after;
  const before = order.findIndex(isOpen);
  return before >= 0 ? before : order.length;
};

export const moveQueue = (state: QueueState, move: QueueMove): QueueState => {
  const { order, at, done } = state;
  switch (move.type) {
    case 'read': {
      const known = new Set(order);
      const grown = [...order, ...move.page.ids.filter((id) => !known.has(id))];
      const first = state.next === undefined || at >= order.length;
      return { ...state, order: grown, next: move.page.next, at: first ? nextOpen(grown, done, at) : at };
    }
    case 'decided': {
      const marked = new Set(done).add(move.id);
      return { ...state, done: marked, at: nextOpen(order, marked, at) };
    }
    case 'skipped': {
      const from = order.indexOf(move.id);
      const rest = order.filter((id) => id !== move.id);
      // Where pages are left to read, the server will give it again at its new place.
      const shifted = state.next === null ? [...rest, move.id] : rest;
      return { ...state, order: shifted, at: nextOpen(shifted, done, from < at ? at - 1 : at) };
    }
    case 'step':
      return { ...state, at: Math.min(Math.max(at + move.by, 0), Math.max(order.length - 1, 0)) };
    case 'show': {
      const open = new Set(done);
      open.delete(move.id);
      const known = order.indexOf(move.id);
      if (known >= 0) return { ...state, done: open, at: known };
      return { ...state, done: open, order: [...order.slice(0, at), move.id, ...order.slice(at)] };
    }
  }
};
