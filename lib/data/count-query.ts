import 'server-only';
/** Queries that add up whole runs: each takes a connection for a moment, and a page asks many of them at once. */
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { pool } from './db';
import { createSlots } from './slots';

/** Far more than counting a run of a million rollouts takes. */
const COUNT_MS = 20_000;
const queryCanceled = z.object({ code: z.literal('57014') });

/**
 * Half of the pool: however many charts are open, lists and imports find a connection. A page of charts has a dozen of
 * these, so that the line holds dozens of pages. Nothing is held while in line, and nothing in here waits for another.
 */
const slot = createSlots({
  atOnce: 3,
  inLine: 500,
  busy: 'Many charts are being counted: try again in a moment',
});

/**
 * Runs one query that only reads, in its turn and within a time.
 *
 * @throws AppError `busy` when too many stand in line, or when it takes longer than it may.
 */
export const countQuery = (
  text: string,
  values: readonly unknown[],
): Promise<{ readonly rows: readonly Record<string, unknown>[] }> =>
  slot(async () => {
    const client = await pool.connect();
    try {
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${COUNT_MS}`);
      const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
      await client.query('COMMIT');
      return { rows };
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined); // the error that matters is the first one
      if (!queryCanceled.safeParse(error).success) throw error;
      throw new AppError(
        'busy',
        `Counting this took longer than ${COUNT_MS / 1000} seconds: choose fewer runs, slices or question sets`,
        { cause: error },
      );
    } finally {
      client.release();
    }
  });
