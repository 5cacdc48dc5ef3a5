import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalTrainer, localTrainerFiles } from '@/lib/domain/trainer/local';
import { AppError } from '@/lib/errors';
import { copyExampleModels } from './example-models';
import { findPython } from './find-python';
import { installTrainer, tailOf } from './install-trainer';
import type { Ledger } from './ledger';
import { pipProgress } from './pip-progress';
import { identifyProcess, type ProcessIdentity } from './process-identity';
import { formatSeconds, warn } from './progress.mjs';
import { root } from './root';
import { runProgram } from './run-program';
import { keepRunning, type RunningService } from './service';
import { stopGroup } from './stop';
import { chooseTrainerPort, ensureTrainerToken, writeTrainerStatus } from './trainer-files';
import { installingStatus, notInstalled, runningStatus, withoutPython, wrongPython } from './trainer-status';

/** Shared by all data folders of a clone; without what the tests need, which have their own. */
const VENV = path.join(root, 'trainer/.venv');
/** The large packages are looked for and not loaded, which takes many seconds. */
const PROBE = [
  'import sys, importlib.util, veripo_trainer.service.main',
  'missing = [name for name in ("torch", "transformers", "peft", "av") if importlib.util.find_spec(name) is None]',
  'sys.exit(f"No module named {missing[0]}" if missing else 0)',
].join('\n');

const TELL_MS = 5_000;
const LOOK_MS = 1_000;
const HEALTH_TIMEOUT_MS = 10_000;
const INSTALLER_GRACE_MS = 5_000;
/** Between SIGTERM and SIGKILL of an engine: shorter than a service's own ten seconds. */
const ENGINE_GRACE_SECONDS = 5;

type Settings = {
  readonly dataDir: string;
  /** Where the studio is opened; the trainer may ask for rewards there. */
  readonly url: string;
  readonly enabled: boolean;
  readonly ledger: Ledger;
};

export type LocalTrainerProcess = {
  /** Ends the installation or the service; jobs that run end politely, and go on at the next start. */
  readonly stop: (graceMs: number) => Promise<void>;
};

/** Whether the environment lets this machine train. Throws AppError `invalid` for a value that says neither. */
export const isTrainerWanted = (value: string | undefined): boolean => {
  if (value === undefined || value === '' || value === 'on') return true;
  if (value === 'off') return false;
  throw new AppError('invalid', `VERIPO_TRAINER=${value} says nothing: set it to on or off.`);
};

/** One installation: tells what pip does, and keeps all of it in a log. */
const install = async ({ dataDir, ledger }: Settings, signal: AbortSignal): Promise<string | LocalTrainer> => {
  const python = await findPython();
  if (!python) return withoutPython;
  const logFile = path.join(dataDir, 'logs/trainer-install.log');
  await mkdir(path.dirname(logFile), { recursive: true, mode: 0o700 });
  const started = Date.now();
  let doing = '';
  let told: Promise<unknown> = Promise.resolve();
  const tell = () => {
    if (doing === '') return;
    told = told
      .then(() => writeTrainerStatus(dataDir, installingStatus(doing, Date.now() - started)))
      .catch(() => undefined);
  };
  const timer = setInterval(tell, TELL_MS);
  let running: ProcessIdentity | undefined;
  const onOutput = (text: string) => {
    if (doing === '') warn('Installing the trainer in the background; the Train screen shows how far it is.');
    const news = text.split('\n').map(pipProgress).findLast(Boolean);
    doing = news ?? (doing || 'making a Python of its own');
    told = told.then(() => appendFile(logFile, text, { mode: 0o600 })).catch(() => undefined); // A full disk: pip says so.
    if (news) tell();
  };
  const onStart = (id: number) => {
    if (running) ledger.remove(running.pid);
    running = identifyProcess(id);
    if (running) ledger.add('installation of the trainer', running);
  };
  try {
    const file = await installTrainer({ venv: VENV, python, anyTorch: false, signal, onOutput, onStart });
    if (doing !== '') warn(`✓ The trainer is installed (${formatSeconds(Date.now() - started)})`);
    return file;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return notInstalled(tailOf(error.message, 3), logFile);
  } finally {
    clearInterval(timer);
    await told;
    if (running) {
      await stopGroup(running, INSTALLER_GRACE_MS); // pip was only asked to stop.
      ledger.remove(running.pid);
    }
  }
};

/** A Python that has the trainer: the one that was named, or one of its own. */
const preparePython = async (settings: Settings, signal: AbortSignal): Promise<string | LocalTrainer> => {
  const named = process.env.VERIPO_TRAINER_PYTHON;
  if (!named) return install(settings, signal);
  const { code, output } = await runProgram(named, ['-c', PROBE], { signal });
  return code === 0 ? named : wrongPython(named, tailOf(output, 1));
};

const serve = async ({ dataDir, url, ledger }: Settings, python: string) => {
  const port = await chooseTrainerPort(dataDir);
  const tokenFile = await ensureTrainerToken(dataDir);
  const data = path.join(dataDir, localTrainerFiles.folder);
  // Into its own folder only: one that was named for it is its owner's.
  if (!process.env.VERIPO_TRAINER_MODELS) await copyExampleModels(path.join(data, 'models'));
  const origins = [process.env.VERIPO_TRAINER_REWARD_ORIGINS, new URL(url).origin].filter(Boolean).join(',');
  const args = [
    '-P',
    '-m',
    'veripo_trainer.service.main',
    '--port',
    String(port),
    '--data',
    data,
    '--token-file',
    tokenFile,
  ];
  const env = {
    // Not the trainer's business, and a token in the environment would win over the file.
    VERIPO_TRAINER_TOKEN: '',
    VERIPO_SECRET: '',
    DATABASE_URL: '',
    VERIPO_TRAINER_REWARD_ORIGINS: origins,
    // Engines end with the studio and go on at its next start: nothing computes on a machine whose studio was closed.
    VERIPO_TRAINER_ON_STOP: 'end',
    VERIPO_TRAINER_STOP_GRACE_SECONDS: String(ENGINE_GRACE_SECONDS),
    PYTHONUNBUFFERED: '1',
  };
  const logFile = path.join(dataDir, 'logs/trainer.log');
  const service = keepRunning({ name: 'trainer', file: python, args, env, logFile }, ledger);
  return { service, url: `http://127.0.0.1:${port}`, logFile };
};

type Serving = Awaited<ReturnType<typeof serve>>;

const look = async ({ service, url, logFile }: Serving, known: boolean, stop: AbortSignal) => {
  const timeout = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
  const answers = await fetch(`${url}/v1/health`, { signal: AbortSignal.any([stop, timeout]) }).then(
    ({ ok }) => ok,
    () => false, // Not listening yet, or just killed.
  );
  const failures = service.failures();
  const words = answers || failures === 0 ? '' : tailOf(await service.readLog(), 3);
  return runningStatus({ url, answered: answers || known, answers, failures, words, logFile });
};

/** Until `stop`, which flies. */
const tellWhatBecomesOfIt = async (dataDir: string, serving: Serving, stop: AbortSignal): Promise<never> => {
  let told = '';
  let known = false;
  for (;;) {
    const status = await look(serving, known, stop);
    stop.throwIfAborted();
    known ||= status.state === 'started';
    if (JSON.stringify(status) !== told) await writeTrainerStatus(dataDir, status);
    told = JSON.stringify(status);
    await sleep(LOOK_MS, undefined, { signal: stop });
  }
};

/**
 * Prepares the trainer of this machine in the background, starts it and keeps it running. Whatever becomes of it is
 * written down for the worker and never keeps the studio from starting.
 */
export const startLocalTrainer = async (settings: Settings): Promise<LocalTrainerProcess> => {
  const { dataDir, enabled } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  if (!enabled) {
    await writeTrainerStatus(dataDir, { state: 'off' });
    return { stop: async () => undefined };
  }
  await writeTrainerStatus(dataDir, { state: 'preparing', sentence: 'Looking for the trainer of this machine.' });
  let service: RunningService | undefined;

  const work = async (): Promise<void> => {
    const python = await preparePython(settings, signal);
    signal.throwIfAborted();
    if (typeof python !== 'string') {
      if (python.state === 'absent') warn(`No trainer on this machine: ${python.sentence}`);
      return writeTrainerStatus(dataDir, python);
    }
    const serving = await serve(settings, python);
    service = serving.service;
    await tellWhatBecomesOfIt(dataDir, serving, signal);
  };
  const working = work().catch(async (error: unknown) => {
    if (signal.aborted) return; // Stopped half-way, as asked.
    const sentence = `The trainer of this machine cannot be started: ${error instanceof Error ? error.message : String(error)}`;
    warn(sentence);
    await writeTrainerStatus(dataDir, { state: 'absent', sentence }).catch(() => undefined); // Was said above.
  });
  return {
    stop: async (graceMs) => {
      stopping.abort();
      await working;
      await service?.stop(graceMs);
    },
  };
};
