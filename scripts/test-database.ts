/** Global set-up of the vitest project `database`: one throwaway PostgreSQL with a migrated template. */
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/lib/data/migrate';
import { root } from './root';
import { openThrowaway } from './throwaway';

const TEMPLATE = 'veripo_template';

const createTemplate = async (adminUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER veripo`);
  await client.end();
};

declare module 'vitest' {
  interface ProvidedContext {
    /** How `lib/data/testing/environment.ts` gets a database for a test file. */
    testDatabase: { adminUrl: string; url: string; template: string; dataDir: string };
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const { database, dataDir, close } = await openThrowaway();
  await createTemplate(database.adminUrl);
  const templateUrl = new URL(database.url);
  templateUrl.pathname = TEMPLATE;
  await migrate(templateUrl.href, path.join(root, 'prisma/migrations'));
  project.provide('testDatabase', { adminUrl: database.adminUrl, url: database.url, template: TEMPLATE, dataDir });
  return close;
};
