/** A Python of its own with pinned packages, for programs that compare our code with theirs. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { findPython, NO_PYTHON } from './find-python';
import { withLock } from './lock';
import { whenChanged } from './marker';
import { step } from './progress.mjs';
import { root } from './root';
import { runProgram } from './run-program';

const LOCK_TIMEOUT_MS = 15 * 60_000;
const TAIL_LINES = 15;

const must = async (title: string, file: string, args: readonly string[]): Promise<string> => {
  const env = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
  const { code, output } = await runProgram(file, args, { env });
  if (code === 0) return output;
  throw new AppError(
    'unavailable',
    `${title} did not work:\n${output.trim().split('\n').slice(-TAIL_LINES).join('\n')}`,
  );
};

/**
 * The Python of a virtual environment `.test/NAME-venv` that has these packages (`rouge-score==0.1.2`), made again
 * when the list or the machine's Python has changed.
 *
 * @throws AppError `unavailable` without Python, or with the last lines of what did not work.
 */
export const preparePackages = async (name: string, packages: readonly string[]): Promise<string> => {
  const found = await findPython();
  if (!found) throw new AppError('unavailable', NO_PYTHON);
  const venv = path.join(root, '.test', `${name}-venv`);
  const python = path.join(venv, 'bin/python');
  await mkdir(path.dirname(venv), { recursive: true });
  await step(`Preparing a Python with ${packages.join(', ')}`, () =>
    withLock(`${venv}.lock`, LOCK_TIMEOUT_MS, () =>
      whenChanged(path.join(venv, '.inputs'), `${packages.join(' ')} ${found.identity} ${venv}`, async () => {
        await must('Making a Python of its own', found.command, ['-m', 'venv', '--clear', venv]);
        await must('Installing the packages', python, ['-m', 'pip', 'install', '--quiet', ...packages]);
      }),
    ),
  );
  return python;
};
