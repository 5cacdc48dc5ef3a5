import 'server-only';
/** Keeps the state of every trainer fresh, and passes on what `npm start` says of this machine's. */
import { checkHealth, listAskable } from '@/lib/data/trainers/health';
import { readLocalTrainer, syncLocalTrainer } from '@/lib/data/trainers/local';
import { nextCheckMs } from '@/lib/domain/trainer/health';
import { log } from '@/lib/log';
import { keepRounds } from './rounds';

const TICK_MS = 1_000;

type Watch = { failures: number; dueAt: number; asking: boolean };

const syncLocal = async (): Promise<void> => {
  const local = await readLocalTrainer();
  if (local) await syncLocalTrainer(local.status, local.token);
};

/** Each trainer at its own pace: one that takes long to answer delays no other. */
const makeRounds = (signal: AbortSignal) => {
  const watches = new Map<string, Watch>();
  const check = async (id: string, watch: Watch): Promise<void> => {
    watch.asking = true;
    try {
      watch.failures = (await checkHealth(id, signal)) ? 0 : watch.failures + 1;
    } catch (error) {
      watch.failures += 1;
      if (!signal.aborted) log.warn({ err: error, trainer: id }, 'asking a trainer failed');
    }
    watch.asking = false;
    watch.dueAt = Date.now() + nextCheckMs(watch.failures);
  };
  return async (): Promise<void> => {
    const ids = new Set(await listAskable());
    for (const id of watches.keys()) if (!ids.has(id)) watches.delete(id);
    for (const id of ids) {
      const watch = watches.get(id) ?? { failures: 0, dueAt: 0, asking: false };
      watches.set(id, watch);
      if (!watch.asking && watch.dueAt <= Date.now()) void check(id, watch);
    }
    await syncLocal(); // Last: what is wrong with this machine's is not the others' fault.
  };
};

/** Watches until the signal aborts. A database that is away is waited for. Any number of workers may do this. */
export const watchTrainers = async (signal: AbortSignal): Promise<void> => {
  await keepRounds(makeRounds(signal), {
    everyMs: TICK_MS,
    failed: 'watching the trainers failed, trying again',
    signal,
  });
};
