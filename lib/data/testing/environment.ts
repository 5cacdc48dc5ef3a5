/**
 * For `*.db.test.ts` only: an empty, migrated database for one test file, as a copy of the template that the global
 * set-up made. `scripts/test-database-file.ts` calls it before the test file is imported.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

type TestServer = {
  readonly adminUrl: string;
  readonly url: string;
  readonly template: string;
  readonly dataDir: string;
};

/**
 * Makes a database and a data folder of their own. Returns the environment that `lib/config.ts` reads. Nobody drops
 * them: the whole server is thrown away after the run.
 */
export const createTestEnvironment = async (server: TestServer): Promise<Readonly<Record<string, string>>> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${server.template} OWNER veripo`);
  await client.end();

  const dataDir = path.join(server.dataDir, name);
  await mkdir(dataDir);
  const url = new URL(server.url);
  url.pathname = name;
  return {
    DATABASE_URL: url.href,
    VERIPO_DATA_DIR: dataDir,
    VERIPO_SECRET: 'a secret of thirty-two characters, for tests',
    VERIPO_BASE_URL: 'http://localhost:3000',
    VERIPO_IMPORT_ROOTS: '',
    LOG_LEVEL: 'silent',
  };
};
