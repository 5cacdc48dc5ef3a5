/**
 * `npm run -s record-example`: makes the recorded run of examples/moving-shapes/ from nothing, on a real trainer of this
 * machine: its questions and clips, the base policy, a baseline and two iterations of the loop, and the recording of
 * them. About a quarter of an hour on two cores. `-- --keep-base` leaves the base policy as it is.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '@/lib/errors';
import { startTrainer } from '@/lib/trainer/testing';
import { withStudio } from './commands/studio';
import { copyExampleModels } from './example-models';
import { main } from './main';
import { say, step } from './progress.mjs';
import { root } from './root';
import { runProgram } from './run-program';
import { listenForStop } from './stop-signal';
import { prepareTrainerVenv } from './trainer-venv';

const EXAMPLE = path.join(root, 'examples/moving-shapes');
const BASE = 'moving-shapes-base';
/** PostgreSQL runs as another user where we are root. */
const OTHERS_MAY_PASS = 0o711;
const KEPT = 'moving-shapes-iteration-2';

const python = async (file: string, program: string, args: readonly string[]): Promise<void> => {
  const { code, output } = await runProgram(file, [path.join(EXAMPLE, program), ...args], { cwd: root });
  if (code !== 0) throw new AppError('unavailable', `${program} did not work:\n${output.trim()}`);
};

const makeInputs = async (file: string, keepBase: boolean): Promise<void> => {
  for (const part of ['videos', 'questions', 'events', 'recording.json', `models/${KEPT}`]) {
    await rm(path.join(EXAMPLE, part), { recursive: true, force: true });
  }
  await step('Drawing the world', () => python(file, 'generate.py', [EXAMPLE, '--example']));
  if (keepBase) return;
  await step('Making the base policy', () =>
    python(file, 'weights.py', ['base', path.join(EXAMPLE, 'models', BASE), '--seed', '0']),
  );
};

main(async () => {
  // Threads of torch that wait for each other beside a busy studio cost ten times what they gain.
  process.env.OMP_NUM_THREADS ||= '1';
  const { values } = parseArgs({ options: { 'keep-base': { type: 'boolean', default: false } } });
  const { asked: stop } = listenForStop();
  const file = await prepareTrainerVenv(stop);
  if (!file) throw new AppError('unavailable', 'Recording needs the trainer, and with it Python 3.11 or newer.');
  await makeInputs(file, values['keep-base']);
  const work = await mkdtemp(path.join(tmpdir(), 'veripo-record-'));
  await chmod(work, OTHERS_MAY_PASS);
  const trainerData = path.join(work, 'trainer');
  await copyExampleModels(path.join(trainerData, 'models'));
  const trainer = await startTrainer(trainerData);
  try {
    return await withStudio(path.join(work, 'studio'), async (viewer) => {
      const { runExample } = await import('./example-run');
      const last = await runExample(viewer, {
        folder: EXAMPLE,
        base: BASE,
        kept: KEPT,
        trainer: trainer.address,
        stop,
      });
      const weights = path.join(trainerData, 'jobs', last.jobId, 'checkpoints', last.checkpoint);
      await python(file, 'weights.py', ['round', weights, path.join(EXAMPLE, 'models', KEPT)]);
      say(`The run is in ${path.relative(root, EXAMPLE)}. Look at it with \`npm run -s veripo -- replay ${EXAMPLE}\`.`);
      return 0;
    });
  } finally {
    await trainer.stop();
    await rm(work, { recursive: true, force: true });
  }
});
