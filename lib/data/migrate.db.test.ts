import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checksumOf, migrate } from './migrate';

const SCHEMA = 'CREATE TABLE first (id int);';
let folder: string;
let client: pg.Client;
let url: string;

const addMigration = async (name: string, sql: string): Promise<void> => {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
};

beforeAll(async () => {
  // A schema of its own, since the test's database already has the studio's migrations.
  const base = new URL(process.env.DATABASE_URL ?? '');
  client = new pg.Client({ connectionString: base.href });
  await client.connect();
  await client.query('CREATE SCHEMA fresh');
  base.searchParams.set('options', '-c search_path=fresh');
  url = base.href;
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-migrations-'));
  await addMigration('1_first', SCHEMA);
});

afterAll(async () => {
  await client.end();
  await rm(folder, { recursive: true });
});

test('two processes at once apply each migration once, and leave the row that Prisma would', async () => {
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder)]);
  expect(applied.flat()).toEqual(['1_first']);
  const { rows } = await client.query('SELECT * FROM fresh._prisma_migrations');
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: checksumOf(SCHEMA),
      finished_at: expect.any(Date),
      migration_name: '1_first',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    },
  ]);
});

test('a migration that fails leaves nothing behind, and can be mended', async () => {
  await addMigration('2_second', 'CREATE TABLE second (id int); SELECT 1/0;');
  await expect(migrate(url, folder)).rejects.toThrow(/2_second failed, and nothing of it was kept: division by zero/);
  await addMigration('2_second', 'CREATE TABLE second (id int);');
  expect(await migrate(url, folder)).toEqual(['2_second']);
});

test('a migration that was changed after it was applied is refused', async () => {
  await addMigration('1_first', `${SCHEMA} -- edited`);
  await expect(migrate(url, folder)).rejects.toThrow(/1_first was changed after it was applied/);
});

test('a database that cannot be reached is one sentence', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/none', folder)).rejects.toThrow(
    /^The database in DATABASE_URL cannot be reached: connect ECONNREFUSED/,
  );
});
