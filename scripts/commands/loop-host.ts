/** What the loop needs around it where no studio runs: rewards for GRPO, and the trainer of this machine. */
import { prepareDataFolder } from '@/scripts/data-folder';
import { studioLock } from '@/scripts/database';
import { openLedger } from '@/scripts/ledger';
import { isTrainerWanted, startLocalTrainer } from '@/scripts/local-trainer';
import { lockHolder, tryLock, unlock } from '@/scripts/lock';
import { requirePort } from '@/scripts/ports';

export type Host = {
  /** False where a studio runs: its worker drives, and this process follows. */
  readonly drives: boolean;
};

const GRACE_MS = 10_000;
const NOTE = 'veripo loop';

type Settings = {
  readonly dataDir: string;
  /** Where rewards are served; the studio's own port, so that a job goes on whoever serves them next. */
  readonly port: number;
  /** Whether the trainer of this machine may be needed. */
  readonly local: boolean;
};

/**
 * Says where the studio is, before anything reads the environment: this process when none runs on the data folder.
 * Throws `conflict` when the port is taken.
 */
export const findHost = async ({ dataDir, port }: Settings): Promise<Host> => {
  await prepareDataFolder(dataDir);
  if (await lockHolder(studioLock(dataDir))) return { drives: false };
  if (process.env.VERIPO_BASE_URL) return { drives: true };
  await requirePort(port, '127.0.0.1');
  process.env.VERIPO_BASE_URL = `http://127.0.0.1:${port}`;
  return { drives: true };
};

/** Runs `work` with what it needs beside it. While it lasts, no studio can be started on the folder. */
export const withHost = async <T>(
  { drives }: Host,
  settings: Settings,
  work: (drives: boolean) => Promise<T>,
): Promise<T> => {
  if (!drives) return work(false);
  const { dataDir, port, local } = settings;
  const file = studioLock(dataDir);
  if (await tryLock(file, NOTE)) return work(false); // one that started a moment ago drives
  const undo: (() => Promise<unknown>)[] = [() => unlock(file)];
  const url = `http://127.0.0.1:${port}`;
  try {
    if (process.env.VERIPO_BASE_URL === url) {
      const { serveRewards } = await import('@/scripts/serve-rewards');
      undo.push((await serveRewards(port)).close);
    }
    const enabled = local && isTrainerWanted(process.env.VERIPO_TRAINER);
    const trainer = await startLocalTrainer({ dataDir, url, enabled, ledger: await openLedger(dataDir) });
    undo.push(() => trainer.stop(GRACE_MS));
    const { watchTrainers } = await import('@/lib/jobs/watch-trainers');
    const stop = new AbortController();
    const watching = watchTrainers(stop.signal);
    undo.push(() => {
      stop.abort();
      return watching;
    });
    return await work(true);
  } finally {
    for (const end of undo.reverse()) await end();
  }
};
