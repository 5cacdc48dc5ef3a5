import 'server-only';
/** pg-boss, the queue: one instance per process. Senders and workers make the queues they name, whoever comes first. */
import { PgBoss } from 'pg-boss';
import { config } from '@/lib/config';
import { log } from '@/lib/log';
import { queueNames } from './queue-names';

/** A worker that is silent for this long has lost its job to another. pg-boss allows no less than 10. */
const LEASE_SECONDS = 10;
const SUPERVISE_SECONDS = 2;
/** Handlers that throw are stopped earlier by `defineJob`; what counts up to this are killed workers. */
const MAX_ATTEMPTS = 50;
const MAX_SECONDS = 23 * 60 * 60;

const open = async (supervise: boolean): Promise<PgBoss> => {
  const boss = new PgBoss({
    connectionString: config().DATABASE_URL,
    max: 3,
    supervise,
    schedule: false,
    useListenNotify: supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue reported an error'));
  await boss.start();
  const settings = {
    retryLimit: MAX_ATTEMPTS,
    retryDelay: 1,
    heartbeatSeconds: LEASE_SECONDS,
    expireInSeconds: MAX_SECONDS,
    notify: true,
  };
  for (const name of Object.values(queueNames)) await boss.createQueue(name, settings);
  return boss;
};

const store = globalThis as typeof globalThis & { veripoBoss?: Promise<PgBoss> | undefined };

/** The queue for sending; opened on first use, again after a failure. */
export const sendingBoss = (): Promise<PgBoss> => {
  if (!store.veripoBoss) {
    const opening = open(false);
    store.veripoBoss = opening;
    opening.catch(() => {
      store.veripoBoss = undefined; // the caller gets the error; the next one tries again
    });
  }
  return store.veripoBoss;
};

/** A queue of its own for a worker: it also watches over the leases of others. Stop it with `boss.stop`. */
export const workingBoss = (): Promise<PgBoss> => open(true);

/** Ends the sending queue of this process, so that a script can exit. */
export const closeSendingBoss = async (): Promise<void> => {
  const boss = await store.veripoBoss;
  store.veripoBoss = undefined;
  await boss?.stop({ graceful: false });
};
