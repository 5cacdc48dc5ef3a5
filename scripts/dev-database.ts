/**
 * `npm run -s db`: starts the embedded database for developers, leaves it running and prints its URL.
 * `npm run -s db -- env` prints the whole environment for `eval`, `npm run db -- stop` ends the database.
 */
import { stopDatabase } from './database';
import { main } from './main';
import { defaultDataDir, prepareStudio } from './prepare';
import { say, warn } from './progress.mjs';

const quote = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

main(async () => {
  const dataDir = defaultDataDir();
  const command = process.argv[2];
  if (command === 'stop') {
    warn((await stopDatabase(dataDir)) ? 'The database has stopped.' : 'No database was running.');
    return 0;
  }
  const { environment } = await prepareStudio({ dataDir, keep: true });
  if (command !== 'env') {
    say(environment.DATABASE_URL ?? '');
    return 0;
  }
  for (const [name, value] of Object.entries(environment)) say(`export ${name}=${quote(value)}`);
  return 0;
});
