import { TRAINER_VENV } from '@/lib/trainer/testing';
import { findPython } from './find-python';
import { installTrainer } from './install-trainer';
import { pipProgress } from './pip-progress';
import { step } from './progress.mjs';

/**
 * The Python that has the trainer and what its tests need, installed when `trainer/pyproject.toml` or the machine's
 * Python has changed; undefined on a machine without Python. The trainer itself is read where it lies.
 *
 * @throws AppError with the last lines of what did not work.
 */
export const prepareTrainerVenv = async (signal?: AbortSignal): Promise<string | undefined> => {
  const python = await findPython();
  if (!python) return undefined;
  return step('Preparing the Python of the trainer', (note) =>
    installTrainer({
      venv: TRAINER_VENV,
      python,
      extra: 'test',
      anyTorch: true,
      ...(signal ? { signal } : {}),
      onOutput: (text) => {
        const news = text.split('\n').map(pipProgress).findLast(Boolean);
        if (news) note(news);
      },
    }),
  );
};
