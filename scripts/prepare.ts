import path from 'node:path';
import { parseConfig } from '@/lib/config';
import { migrate } from '@/lib/data/migrate';
import { prepareDataFolder } from './data-folder';
import { type Database, openDatabase } from './database';
import { type StudioEnvironment, studioEnvironment } from './environment';
import { generateClient } from './generate-client';
import { step } from './progress.mjs';
import { root } from './root';

/** A studio that is ready to run: client generated, database up and migrated. */
export type Prepared = {
  readonly environment: StudioEnvironment;
  /** Undefined where DATABASE_URL names a managed PostgreSQL, which is not ours to start or stop. */
  readonly database: Database | undefined;
};

type Settings = { readonly dataDir: string; readonly baseUrl?: string; readonly keep?: boolean };

/** Where data goes unless an option says otherwise. */
export const defaultDataDir = (): string => path.resolve(process.env.VERIPO_DATA_DIR || path.join(root, '.data'));

/**
 * Everything between a clone with packages and a database that programs can use. Quick when nothing has changed.
 *
 * @throws AppError with one sentence for the person.
 */
export const prepareStudio = async ({ dataDir, keep = false, ...rest }: Settings): Promise<Prepared> => {
  await prepareDataFolder(dataDir);
  await generateClient();
  const managedUrl = process.env.DATABASE_URL;
  const database = managedUrl ? undefined : await openDatabase(dataDir, { keep });
  const databaseUrl = database?.url ?? managedUrl ?? '';
  try {
    const environment = await studioEnvironment({ dataDir, databaseUrl, ...rest });
    parseConfig({ ...process.env, ...environment }); // All faults at once, before anything is changed.
    await step('Applying migrations', () => migrate(databaseUrl, path.join(root, 'prisma/migrations')));
    return { database, environment };
  } catch (error) {
    await database?.close();
    throw error;
  }
};
