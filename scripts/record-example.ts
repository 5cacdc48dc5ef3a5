/**
 * `npm run -s record-example`: makes the recorded runs of examples/moving-shapes/ from nothing, on a real trainer of this
 * machine: questions and clips, the base policy, a baseline and two iterations of the loop, the same without pairs and
 * DPO, and the recordings of both. About twenty minutes on two cores. `-- --keep-base` leaves the base policy as it is;
 * `-- --only-alone` leaves everything as it is but the run without DPO.
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

const remove = async (...names: readonly string[]): Promise<void> => {
  for (const name of names) await rm(path.join(EXAMPLE, name), { recursive: true, force: true });
};

const makeInputs = async (file: string, keepBase: boolean): Promise<void> => {
  await remove('videos', 'questions', 'events', 'recording.json', `models/${KEPT}`);
  await step('Drawing the world', () => python(file, 'generate.py', [EXAMPLE, '--example']));
  if (keepBase) return;
  await step('Making the base policy', () =>
    python(file, 'weights.py', ['base', path.join(EXAMPLE, 'models', BASE), '--seed', '0']),
  );
};

main(async () => {
  // Threads of torch that wait for each other beside a busy studio cost ten times what they gain.
  process.env.OMP_NUM_THREADS ||= '1';
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { 'keep-base': flag, 'only-alone': flag } });
  const onlyAlone = values['only-alone'];
  const { asked: stop } = listenForStop();
  const file = await prepareTrainerVenv(stop);
  if (!file) throw new AppError('unavailable', 'Recording needs the trainer, and with it Python 3.11 or newer.');
  if (!onlyAlone) await makeInputs(file, values['keep-base']);
  const work = await mkdtemp(path.join(tmpdir(), 'veripo-record-'));
  await chmod(work, OTHERS_MAY_PASS);
  const trainerData = path.join(work, 'trainer');
  await copyExampleModels(path.join(trainerData, 'models'));
  const trainer = await startTrainer(trainerData);
  try {
    return await withStudio(path.join(work, 'studio'), async (viewer) => {
      const { ALONE, runExample } = await import('./example-run');
      await remove(ALONE);
      const last = await runExample(viewer, {
        folder: EXAMPLE,
        base: BASE,
        kept: KEPT,
        trainer: trainer.address,
        stop,
        onlyAlone,
      });
      if (last) {
        const weights = path.join(trainerData, 'jobs', last.jobId, 'checkpoints', last.checkpoint);
        await python(file, 'weights.py', ['round', weights, path.join(EXAMPLE, 'models', KEPT)]);
      }
      const place = path.relative(root, EXAMPLE);
      say(`The runs are in ${place}. Look at them with \`npm run -s veripo -- replay ${place}\`.`);
      return 0;
    });
  } finally {
    await trainer.stop();
    await rm(work, { recursive: true, force: true });
  }
});
