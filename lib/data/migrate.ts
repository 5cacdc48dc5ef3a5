import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '@/lib/errors';

/** The key Prisma's own engine locks with, so that `prisma migrate deploy` and we never run at once. */
const LOCK_KEY = 72_707_369;

/** The table exactly as Prisma's engine makes it, so that either tool can continue the other's work. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum"            VARCHAR(64) NOT NULL,
  "finished_at"         TIMESTAMPTZ,
  "migration_name"      VARCHAR(255) NOT NULL,
  "logs"                TEXT,
  "rolled_back_at"      TIMESTAMPTZ,
  "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** One folder of `prisma/migrations`. */
export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** One row of `_prisma_migrations` that was not rolled back. */
export type AppliedMigration = { readonly name: string; readonly checksum: string; readonly finished: boolean };

/** Prisma's checksum of a migration: sha256 of the file, in hex. */
export const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/** Reads the migrations of a folder in the order they apply (by name, which starts with a time stamp). */
const readMigrations = async (folder: string): Promise<readonly Migration[]> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: checksumOf(sql) };
    }),
  );
};

/**
 * What still has to be applied.
 *
 * @throws AppError `conflict` when the database and the folder tell different histories: a changed migration, one
 * that failed half-way, or one that this version of the studio does not know.
 */
export const planMigrations = (
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] => {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new AppError(
        'conflict',
        `The database has the migration ${name}, newer than this studio. Update the studio.`,
      );
    }
    if (!finished) {
      const fix = `Repair it and run: npx prisma migrate resolve`;
      throw new AppError('conflict', `The migration ${name} failed half-way in another tool. ${fix}`);
    }
    if (migration.checksum !== checksum) {
      const fix = 'Restore the file as it was applied, and make changes in a new migration.';
      throw new AppError('conflict', `The migration ${name} was changed after it was applied. ${fix}`);
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
};

const listApplied = async (client: pg.Client): Promise<readonly AppliedMigration[]> => {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
};

/** The migration and its row in one transaction: after a crash it is applied or it is not. */
const apply = async (client: pg.Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('conflict', `The migration ${name} failed, and nothing of it was kept: ${reason}`, { cause });
  }
};

const connect = async (databaseUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new AppError('unavailable', `The database in DATABASE_URL cannot be reached: ${reason}`, { cause });
  }
};

/**
 * Brings a database to the newest schema by the SQL files of `folder`, in order, each once and each in a transaction.
 * Safe to call from several processes at the same time. Returns the names that were applied now.
 *
 * @throws AppError when the database cannot be reached, a migration fails, or the histories differ.
 */
export const migrate = async (databaseUrl: string, folder: string): Promise<readonly string[]> => {
  const migrations = await readMigrations(folder);
  const client = await connect(databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(CREATE_TABLE);
    const pending = planMigrations(migrations, await listApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end(); // Ends the session, and with it the lock.
  }
};
