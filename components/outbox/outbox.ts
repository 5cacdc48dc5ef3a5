/**
 * Acts that the server has not acknowledged yet, in order, kept in the browser's storage: a reload, a killed server
 * or a lost network loses none. One is sent at a time, since each builds on the one before; what gets no answer is
 * sent again under the same id, which the server knows as the same act.
 */
import type { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/errors';

/** An act: `id` is the one that the server knows it by. */
type Entry = { readonly id: string };

export type OutboxState<E> = {
  readonly entries: readonly E[];
  /** Why the first entry is not saved yet, once sending it has failed; null while all goes well. */
  readonly trouble: string | null;
  /** The browser's storage refuses them: they last as long as the page. */
  readonly volatile: boolean;
};

type Store = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;
type OutboxListener<E, A> = {
  readonly answered?: (entry: E, answer: A) => void;
  /** The server will never take it: it is dropped, and the person is told. */
  readonly refused?: (entry: E, error: AppError) => void;
  /** Another tab sent it. */
  readonly gone?: (entry: E) => void;
};

type Parts<E, A> = {
  readonly store: Store;
  /** Of its keys in the store: what one outbox keeps, no other reads. */
  readonly name: string;
  /** What an entry is; rows that it does not know are thrown away. */
  readonly schema: z.ZodType<E>;
  /** Keeps the entries of two people on one browser apart. */
  readonly viewerId: string;
  readonly send: (entry: E) => Promise<A>;
  /** Runs `work` while no other tab does the like. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Worth sending again: nobody answered, the session ended, or the server is busy. */
const passing: readonly ErrorCode[] = ['unavailable', 'unauthenticated', 'busy'];
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 10_000;
const KEY_DIGITS = 16;

export class Outbox<E extends Entry, A> {
  readonly #parts: Parts<E, A>;
  readonly #prefix: string;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<OutboxListener<E, A>>();
  readonly #volatile = new Map<string, E>();
  #state: OutboxState<E> = { entries: [], trouble: null, volatile: false };
  #pumping = false;
  #wake: (() => void) | undefined;

  constructor(parts: Parts<E, A>) {
    this.#parts = parts;
    this.#prefix = `veripo.${parts.name}.${parts.viewerId}.`;
    this.#refresh(null);
  }

  readonly getState = (): OutboxState<E> => this.#state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly listen = (listener: OutboxListener<E, A>): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps an act and begins to send it. */
  add(entry: E): void {
    const last = this.#keys().at(-1);
    // Clocks may step back; the order must not.
    const at = Math.max(Date.now() * 100, last === undefined ? 0 : Number(last.slice(this.#prefix.length)) + 1);
    const key = this.#prefix + String(at).padStart(KEY_DIGITS, '0');
    try {
      this.#parts.store.setItem(key, JSON.stringify(entry));
    } catch {
      this.#volatile.set(key, entry); // storage is full or forbidden: the state says so
    }
    this.#refresh(this.#state.trouble);
    this.resume();
  }

  /** Sends what is waiting, now. Resolves when nothing waits any more. */
  resume(): void {
    this.#wake?.();
    if (this.#pumping || this.#state.entries.length === 0) return;
    this.#pumping = true;
    void this.#parts
      .exclusively(() => this.#pump())
      .finally(() => {
        this.#pumping = false;
        if (this.#keys().length > 0) this.resume(); // added between the last look and here
      });
  }

  /** Looks again at what other tabs of the same person have done. */
  sync(): void {
    const before = this.#state.entries;
    this.#refresh(this.#state.trouble);
    const ids = new Set(this.#state.entries.map(({ id }) => id));
    for (const entry of before) if (!ids.has(entry.id)) this.#tell('gone', entry);
  }

  async #pump(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const key = this.#keys()[0];
      if (key === undefined) return this.#refresh(null);
      const entry = this.#read(key);
      if (entry && (await this.#deliver(key, entry))) {
        wait = FIRST_WAIT_MS;
        continue;
      }
      if (!entry) {
        this.#remove(key); // not one of ours, or of a version that nobody can read any more
        continue;
      }
      await Promise.race([this.#parts.wait(wait), new Promise<void>((resolve) => (this.#wake = resolve))]);
      this.#wake = undefined;
      wait = Math.min(wait * 2, MAX_WAIT_MS);
    }
  }

  /** Whether the server has answered for good. */
  async #deliver(key: string, entry: E): Promise<boolean> {
    try {
      const answer = await this.#parts.send(entry);
      this.#remove(key);
      this.#tell('answered', entry, answer);
      this.#refresh(null);
      return true;
    } catch (error) {
      const failure = error instanceof AppError ? error : new AppError('unavailable', String(error), { cause: error });
      if (passing.includes(failure.code)) {
        this.#refresh(failure.message);
        return false;
      }
      this.#remove(key);
      this.#tell('refused', entry, failure);
      this.#refresh(null);
      return true;
    }
  }

  #tell<K extends keyof OutboxListener<E, A>>(
    event: K,
    ...args: Parameters<NonNullable<OutboxListener<E, A>[K]>>
  ): void {
    for (const listener of this.#listeners) {
      const hear = listener[event] as ((...all: typeof args) => void) | undefined;
      hear?.(...args);
    }
  }

  #keys(): string[] {
    const { store } = this.#parts;
    const stored = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');
    return [...stored, ...this.#volatile.keys()].filter((key) => key.startsWith(this.#prefix)).sort();
  }

  #read(key: string): E | undefined {
    const kept = this.#volatile.get(key);
    if (kept) return kept;
    try {
      return this.#parts.schema.safeParse(JSON.parse(this.#parts.store.getItem(key) ?? 'null')).data;
    } catch {
      return undefined; // not JSON: not written by us
    }
  }

  #remove(key: string): void {
    this.#volatile.delete(key);
    this.#parts.store.removeItem(key);
  }

  #refresh(trouble: string | null): void {
    const entries = this.#keys().flatMap((key) => this.#read(key) ?? []);
    this.#state = { entries, trouble: entries.length > 0 ? trouble : null, volatile: this.#volatile.size > 0 };
    for (const watcher of this.#watchers) watcher();
  }
}
