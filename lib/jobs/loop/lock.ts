import 'server-only';
/** Only one process drives an iteration: a lock on a connection of its own, which the death of either gives back. */
import pg from 'pg';
import { config } from '@/lib/config';
import { log } from '@/lib/log';

/** `held`: nobody else drives it. */
export type Locked<T> = { readonly held: true; readonly value: T } | { readonly held: false };

/**
 * Does `work` while this process alone holds the iteration; its signal aborts with the caller's, and when the connection
 * and with it the lock is lost. Throws what `work` throws, and what PostgreSQL says when it cannot be reached.
 */
export const withIterationLock = async <T>(
  iterationId: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Locked<T>> => {
  const client = new pg.Client({ connectionString: config().DATABASE_URL, keepAlive: true });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('the connection that held the lock has ended')));
  try {
    await client.connect();
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('veripo.loop.' || $1, 0)) AS locked`,
      [iterationId],
    );
    if (!rows[0]?.locked) return { held: false };
    return { held: true, value: await work(AbortSignal.any([signal, lost.signal])) };
  } finally {
    await client.end().catch((error: unknown) => log.debug({ err: error }, 'the lock connection did not end cleanly'));
  }
};
