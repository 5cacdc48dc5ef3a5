import 'server-only';
/** Live updates: PostgreSQL's NOTIFY carries what changed, one LISTEN connection per process fans it out. */
import pg from 'pg';
import { z } from 'zod';
import { config } from '@/lib/config';
import { topics } from '@/lib/domain/topic';
import { log } from '@/lib/log';
import { pool } from './db';
import { getViewerProject, type Viewer } from './viewer';

export const EVENTS_CHANNEL = 'veripo_events';
const RECONNECT_MS = 1_000;

/** What changed: the row with this id under this topic. A verdict's id is its rollout's, or its run's for many. */
const eventSchema = z.object({ projectId: z.uuid(), topic: z.enum(topics), id: z.string().max(200) });
export type StudioEvent = z.infer<typeof eventSchema>;

type Queryable = { query: (text: string, values: unknown[]) => Promise<unknown> };

/** Announces a change. On a client in a transaction it is heard only if that commits. */
export const notify = async (event: StudioEvent, client: Queryable = pool): Promise<void> => {
  await client.query('SELECT pg_notify($1, $2)', [EVENTS_CHANNEL, JSON.stringify(event)]);
};

/** Everything a page shows may be stale: the connection was lost and came back. */
export type Heard = { readonly topic: StudioEvent['topic'] | 'reconnected'; readonly id: string };
/** `projectId` undefined: of every project. */
type Listener = { readonly projectId: string | undefined; readonly hear: (event: Heard) => void };

class Hub {
  readonly #listeners = new Set<Listener>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#client && !this.#retry) this.#connect(false);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  #connect(again: boolean): void {
    const client = new pg.Client({ connectionString: config().DATABASE_URL, keepAlive: true });
    this.#client = client;
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, undefined));
    client.on('notification', ({ payload }) => this.#dispatch(payload));
    client
      .connect()
      .then(() => client.query(`LISTEN ${EVENTS_CHANNEL}`))
      .then(() => {
        if (again) for (const { hear } of this.#listeners) hear({ topic: 'reconnected', id: '' });
      })
      .catch((error: unknown) => this.#lost(client, error));
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (error) log.warn({ err: error }, 'the events connection was lost');
    client
      .end()
      .catch((ending: unknown) => log.debug({ err: ending }, 'the lost events connection did not end cleanly'));
    if (this.#listeners.size === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      if (this.#listeners.size > 0) this.#connect(true);
    }, RECONNECT_MS);
  }

  #close(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch((error: unknown) => log.debug({ err: error }, 'the events connection did not end cleanly'));
  }

  #dispatch(payload: string | undefined): void {
    const event = eventSchema.safeParse(parseJson(payload ?? ''));
    if (!event.success) return;
    const { projectId, topic, id } = event.data;
    for (const listener of this.#listeners) {
      if (listener.projectId === undefined || listener.projectId === projectId) listener.hear({ topic, id });
    }
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // somebody else's NOTIFY on our channel
  }
};

// In development Next reloads modules; the connection outlives them.
const store = globalThis as typeof globalThis & { veripoEvents?: Hub };
store.veripoEvents ??= new Hub();
const hub = store.veripoEvents;

/** Hears the changes in the viewer's project until the returned function is called. Throws `not_found` for no project. */
export const listenToEvents = async (viewer: Viewer, hear: (event: Heard) => void): Promise<() => void> => {
  const project = await getViewerProject(viewer);
  return hub.add({ projectId: project.id, hear });
};

/** Hears the changes in every project, for the worker, which acts for all of them. */
export const listenToAllProjects = (hear: (event: Heard) => void): (() => void) =>
  hub.add({ projectId: undefined, hear });
