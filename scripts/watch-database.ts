import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from './database';
import { warn } from './progress.mjs';
import { backOffMs } from './service';

const POLL_MS = 500;

export type WatchedDatabase = {
  /** Ends the watch and then the database. */
  readonly stop: () => Promise<void>;
};

/** Starts the database again whenever it is killed; on the same port, so that the others find it again. */
export const watchDatabase = (dataDir: string, first: Database): WatchedDatabase => {
  const stopping = new AbortController();
  const pause = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
  let database = first;
  let failures = 0;

  const restart = async (): Promise<void> => {
    try {
      database = await openDatabase(dataDir, { portMayMove: false });
      failures = 0;
    } catch (error) {
      failures += 1;
      warn(`The database does not start: ${error instanceof Error ? error.message : String(error)}`);
      await pause(backOffMs(failures));
    }
  };

  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await pause(POLL_MS);
      if (stopping.signal.aborted || database.isAlive()) continue;
      if (failures === 0) warn('The database was killed, starting it again.');
      await restart();
    }
  })();

  return {
    stop: async () => {
      stopping.abort();
      await watching;
      await database.close('end');
    },
  };
};
