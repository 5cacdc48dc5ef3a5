import 'server-only';
/**
 * The two doors to PostgreSQL, over one bounded pool each: Prisma for ordinary reads and writes, `pool` for what an
 * ORM is wrong for (COPY, LISTEN, cursors).
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { config } from '@/lib/config';
import { log } from '@/lib/log';
import { PrismaClient } from '@/prisma/generated/client';

const connect = () => {
  const connectionString = config().DATABASE_URL;
  const pool = new pg.Pool({ connectionString, max: 6 });
  // An idle connection that a restarted PostgreSQL cut: the pool has dropped it already, the next query opens another.
  pool.on('error', (err) => log.warn({ err }, 'an idle database connection was lost'));
  // One that was cut while somebody worked on it: their query fails with it, and an error that nobody hears would end
  // the process.
  pool.on('connect', (client) => client.on('error', (err) => log.debug({ err }, 'a database connection was cut')));
  return { db: new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 8 }) }), pool };
};

// In development Next reloads modules; the connections outlive them.
const store = globalThis as typeof globalThis & { veripoConnections?: ReturnType<typeof connect> };
store.veripoConnections ??= connect();

export const { db, pool } = store.veripoConnections;
export type Transaction = Parameters<Parameters<typeof db.$transaction>[0]>[0];

/** Ends both pools, so that a script can exit. */
export const disconnect = async (): Promise<void> => {
  await db.$disconnect();
  await pool.end();
};
