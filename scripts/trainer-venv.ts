import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { TRAINER_PYTHON, TRAINER_VENV, TRAINER_VENV_MARK } from '@/lib/trainer/testing';
import { hashContent } from './content-hash';
import { withLock } from './lock';
import { whenChanged } from './marker';
import { step } from './progress.mjs';
import { root } from './root';
import { runProgram } from './run-program';

const NAMES = ['python3.13', 'python3.12', 'python3.11', 'python3'];
const LOCK_TIMEOUT_MS = 15 * 60_000;
const TAIL_LINES = 15;

/** Says where it lies, if it is new enough and can make virtual environments (Debian packs `ensurepip` apart). */
const PROBE = [
  'import sys, ensurepip, venv',
  'sys.exit(1) if sys.version_info < (3, 11) else print(sys.executable, sys.version_info[:3])',
].join('\n');

/** What a machine without Python is told. */
export const NO_PYTHON =
  'There is no Python 3.11 or newer with venv here (python3.13, python3.12, python3.11, python3).';

/** The first Python that will do: its command, and its place and version; undefined when there is none. */
const findPython = async (): Promise<{ command: string; identity: string } | undefined> => {
  for (const command of NAMES) {
    const { code, output } = await runProgram(command, ['-c', PROBE]);
    if (code === 0) return { command, identity: output.trim() };
  }
  return undefined;
};

const run = async (title: string, file: string, args: readonly string[], signal?: AbortSignal): Promise<void> => {
  const env = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
  const { code, output } = await step(title, () => runProgram(file, args, { env, ...(signal ? { signal } : {}) }));
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n');
  throw new AppError('unavailable', `${title} did not work:\n${tail}`);
};

/**
 * The Python that has the trainer and what its tests need, installed when `trainer/pyproject.toml` or the machine's
 * Python has changed; undefined on a machine without Python. The trainer itself is read where it lies.
 *
 * @throws AppError with the last lines of what did not work.
 */
export const prepareTrainerVenv = async (signal?: AbortSignal): Promise<string | undefined> => {
  const python = await findPython();
  if (!python) return undefined;
  await mkdir(path.dirname(TRAINER_VENV), { recursive: true });
  return withLock(`${TRAINER_VENV}.lock`, LOCK_TIMEOUT_MS, async () => {
    const content = await hashContent(root, ['trainer/pyproject.toml']);
    await whenChanged(TRAINER_VENV_MARK, `${content} ${python.identity} ${TRAINER_VENV}`, async () => {
      await run(
        'Making the trainer a Python of its own',
        python.command,
        ['-m', 'venv', '--clear', TRAINER_VENV],
        signal,
      );
      // Not compiled: most of what comes with torch and transformers is never imported.
      const install = ['-m', 'pip', 'install', '--no-compile', '--editable', `${path.join(root, 'trainer')}[test]`];
      await run('Installing the trainer', TRAINER_PYTHON, install, signal);
    });
    return TRAINER_PYTHON;
  });
};
