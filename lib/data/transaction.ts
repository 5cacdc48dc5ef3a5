import 'server-only';
/** A transaction on a client of its own, for COPY and for SQL that an ORM is wrong for. */
import type { PoolClient } from 'pg';
import { log } from '@/lib/log';
import { pool } from './db';

/**
 * Commits what `work` did, or nothing: an exception rolls back and flies on. A connection that broke is thrown away.
 */
export const inTransaction = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that PostgreSQL cuts says so here too, and an event that nobody hears would end the process.
  const hear = (error: Error): void => {
    broken = error;
    log.warn({ err: error }, 'a database connection was lost in a transaction');
  };
  client.on('error', hear);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: unknown) => {
      broken ??= rollback instanceof Error ? rollback : new Error(String(rollback)); // the first error is the one told
    });
    throw error;
  } finally {
    client.off('error', hear);
    client.release(broken);
  }
};
