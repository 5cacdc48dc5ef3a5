import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { localUrl, publicUrl } from './addresses';
import { buildApp } from './build-app';
import { prepareDataFolder } from './data-folder';
import { studioLock } from './database';
import type { StudioEnvironment } from './environment';
import { importExamples } from './import-examples';
import { openLedger } from './ledger';
import { isTrainerWanted, startLocalTrainer } from './local-trainer';
import { tryLock, unlock } from './lock';
import type { Options } from './options';
import { requirePort } from './ports';
import { prepareStudio } from './prepare';
import { step } from './progress.mjs';
import { keepRunning, type RunningService } from './service';
import { typescriptArguments } from './typescript-arguments';
import { watchDatabase } from './watch-database';

/** A studio that serves. */
export type Studio = {
  readonly environment: StudioEnvironment;
  readonly url: string;
  /** Stops the trainer, web and worker, then the database. Gives them ten seconds, or none once `hurried` is aborted. */
  readonly stop: (hurried?: AbortSignal) => Promise<void>;
};

const GRACE_MS = 10_000;
const POLL_MS = 100;
const READY_TIMEOUT_MS = 120_000;
const GIVE_UP_AFTER = 3;
const TAIL_LINES = 20;

const answers = (url: string): Promise<boolean> =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
    () => true,
    () => false, // Not listening yet.
  );

const waitForWeb = async (web: RunningService, url: string, stop: AbortSignal): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url))) {
    stop.throwIfAborted();
    if (web.failures() >= GIVE_UP_AFTER || Date.now() > deadline) {
      const tail = (await web.readLog()).trim().split('\n').slice(-TAIL_LINES).join('\n');
      throw new AppError('unavailable', `The web server does not start:\n${tail}`);
    }
    await sleep(POLL_MS);
  }
};

const takeDataFolder = async (dataDir: string, url: string): Promise<() => Promise<void>> => {
  await prepareDataFolder(dataDir);
  const file = studioLock(dataDir);
  const holder = await tryLock(file, url);
  if (!holder) return () => unlock(file);
  const fix = 'Open it there, stop it first, or choose another folder with --data.';
  throw new AppError('conflict', `A studio already runs on ${dataDir}: ${holder.note} (process ${holder.pid}). ${fix}`);
};

/**
 * Brings the whole studio up: database, migrations, build, examples, web, worker and trainer, and keeps them up. `stop` being
 * aborted half-way ends what was started until then.
 *
 * @throws AppError with one sentence for the person; nothing is left running.
 */
export const startStudio = async ({ dataDir, host, port, trainer }: Options, stop: AbortSignal): Promise<Studio> => {
  // What has to be undone, newest first: the order of stopping.
  const undo: ((hurried?: AbortSignal) => Promise<unknown>)[] = [];
  const stopAll = async (hurried?: AbortSignal): Promise<void> => {
    while (undo.length > 0) await undo.pop()?.(hurried);
  };
  const url = process.env.VERIPO_BASE_URL || publicUrl(host, port);
  try {
    undo.push(await takeDataFolder(dataDir, url));
    const ledger = await openLedger(dataDir);
    await requirePort(port, host);
    const trains = trainer && isTrainerWanted(process.env.VERIPO_TRAINER);

    const { environment, database } = await prepareStudio({ dataDir, baseUrl: url });
    if (database) undo.push(watchDatabase(dataDir, database).stop);
    stop.throwIfAborted();
    await buildApp(stop);
    stop.throwIfAborted();
    await importExamples(dataDir, environment);
    stop.throwIfAborted();

    // First, so that the worker finds what is said of it now and not at the last start; and ended first, while the
    // worker can still store the last words of its jobs.
    const local = await startLocalTrainer({ dataDir, url, enabled: trains, ledger });
    const service = (name: string, args: readonly string[]) =>
      keepRunning({ name, args, env: environment, logFile: path.join(dataDir, 'logs', `${name}.log`) }, ledger);
    const next = ['node_modules/next/dist/bin/next', 'start', '--port', String(port), '--hostname', host];
    const web = service('web', next);
    const services = [web, service('worker', typescriptArguments('scripts/worker.ts'))];
    undo.push((hurried) => stopServices(services, hurried));
    undo.push((hurried) => stopServices([local], hurried));
    await step('Starting the web server', () => waitForWeb(web, localUrl(host, port), stop));
    return { environment, url, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
};

type Stoppable = Pick<RunningService, 'stop'>;

const stopServices = async (services: readonly Stoppable[], hurried?: AbortSignal): Promise<void> => {
  const stopped = Promise.all(services.map((service) => service.stop(GRACE_MS)));
  const atOnce = () => void Promise.all(services.map((service) => service.stop(0)));
  if (hurried?.aborted) atOnce();
  hurried?.addEventListener('abort', atOnce, { once: true });
  await stopped;
};
