/** What is said about this machine's trainer, in sentences: pure. */
import type { LocalTrainer } from '@/lib/domain/trainer/local';
import { NO_PYTHON } from './find-python';

const FAILED_OFTEN = 3;
const MINUTE_MS = 60_000;
const MOST_CHARS = 300;

const elapsed = (milliseconds: number): string =>
  milliseconds < MINUTE_MS
    ? `${Math.round(milliseconds / 1_000)} s`
    : `${(milliseconds / MINUTE_MS).toFixed(1)} minutes`;

/** `Installing the trainer: downloading torch (190.4 MB); 1.2 minutes so far. The studio works meanwhile.` */
export const installingStatus = (doing: string, milliseconds: number): LocalTrainer => ({
  state: 'preparing',
  sentence: `Installing the trainer: ${doing}; ${elapsed(milliseconds)} so far. The studio works meanwhile.`,
});

/** Words of another program, on one line and not endless. */
const quote = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(-MOST_CHARS);

export const withoutPython: LocalTrainer = {
  state: 'absent',
  sentence: `${NO_PYTHON} The studio works without: it trains on trainers that are registered in Settings, and on this machine once Python is installed (Debian: python3-venv) and the studio started again.`,
};

/** `text` is what did not work; its first line alone is for people, the log has the rest. */
export const notInstalled = (text: string, logFile: string): LocalTrainer => ({
  state: 'absent',
  sentence: `The trainer could not be installed; it is tried again at the next start. ${quote(text)} The whole story: ${logFile}`,
});

/** `VERIPO_TRAINER_PYTHON` names a Python that cannot run it. */
export const wrongPython = (python: string, text: string): LocalTrainer => ({
  state: 'absent',
  sentence: `VERIPO_TRAINER_PYTHON (${python}) has no trainer installed, or not all it needs: ${quote(text)}`,
});

type Running = {
  readonly url: string;
  /** Whether it has ever answered since it was started. */
  readonly answered: boolean;
  /** Whether it answers now. */
  readonly answers: boolean;
  /** How often in a row it ended soon after its start. */
  readonly failures: number;
  /** The last lines it printed. */
  readonly words: string;
  readonly logFile: string;
};

/** A trainer that was started: at its address, or what it says each time it ends. */
export const runningStatus = ({ url, answered, answers, failures, words, logFile }: Running): LocalTrainer => {
  if (answers || (answered && failures < FAILED_OFTEN)) return { state: 'started', url };
  if (failures < FAILED_OFTEN) return { state: 'preparing', sentence: 'Starting the trainer of this machine.' };
  const sentence = `The trainer ends as soon as it is started, ${failures} times so far; it is tried again. Its last words: ${quote(words)} Its log: ${logFile}`;
  return { state: 'absent', sentence };
};
