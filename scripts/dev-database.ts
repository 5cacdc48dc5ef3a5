/**
 * `npm run -s db`: starts the embedded database for developers, leaves it running and prints its URL.
 * `npm run -s db -- env` prints the whole environment for `eval`, `npm run db -- stop` ends the database.
 */
import path from 'node:path';
import { migrate } from '@/lib/data/migrate';
import { openDatabase, stopDatabase } from './database';
import { studioEnvironment } from './environment';
import { generateClient } from './generate-client';
import { main } from './main';
import { say, step, warn } from './progress.mjs';
import { root } from './root';

const quote = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

main(async () => {
  const dataDir = path.resolve(process.env.VERIPO_DATA_DIR ?? path.join(root, '.data'));
  const command = process.argv[2];
  if (command === 'stop') {
    warn((await stopDatabase(dataDir)) ? 'The database has stopped.' : 'No database was running.');
    return 0;
  }
  await generateClient();
  const { url } = await openDatabase(dataDir, { keep: true });
  await step('Applying migrations', () => migrate(url, path.join(root, 'prisma/migrations')));
  if (command !== 'env') {
    say(url);
    return 0;
  }
  const environment = await studioEnvironment({ dataDir, databaseUrl: url });
  for (const [name, value] of Object.entries(environment)) say(`export ${name}=${quote(value)}`);
  return 0;
});
