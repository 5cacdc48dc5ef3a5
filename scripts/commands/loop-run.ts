/** The iterations of a run, one after another, from where it stands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { retryIteration } from '@/lib/data/iterations/retry';
import { checkTrainer } from '@/lib/data/trainers/health';
import { listTrainers } from '@/lib/data/trainers/read';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { isMoving } from '@/lib/domain/loop/stages';
import { iterationStateSchema } from '@/lib/domain/run';
import type { ModelRef } from '@/lib/domain/trainer/job';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { AppError } from '@/lib/errors';
import { say, step } from '@/scripts/progress.mjs';
import { tellFigures } from './figures';
import { followIteration } from './loop-follow';
import { nextPlan, type PlanOptions } from './loop-plan';

export type LoopRequest = {
  readonly name: string;
  /** How many the run shall have in all. */
  readonly iterations: number;
  readonly trainer: string | undefined;
  readonly base: string | undefined;
  readonly plan: PlanOptions;
  readonly drives: boolean;
  readonly stop: AbortSignal;
};

const LOOK_MS = 500;

/** The run with its newest iteration, and the trainer of the newest that had one. */
const findRun = async (viewer: Viewer, name: string) => {
  const run = await db.run.findFirst({
    where: { name, ...visibleTo(viewer) },
    select: {
      id: true,
      iterations: { orderBy: { k: 'desc' }, take: 100, select: { id: true, k: true, state: true, trainerId: true } },
    },
  });
  if (!run) return undefined;
  const [newest] = run.iterations;
  return {
    id: run.id,
    newest: newest && { ...newest, state: iterationStateSchema.parse(newest.state) },
    trainerId: run.iterations.find(({ trainerId }) => trainerId !== null)?.trainerId ?? undefined,
  };
};

const choose = (
  trainers: readonly TrainerView[],
  name: string | undefined,
  id: string | undefined,
): TrainerView | undefined => {
  if (name !== undefined) return trainers.find((trainer) => trainer.name === name);
  if (id !== undefined) return trainers.find((trainer) => trainer.id === id);
  return trainers.length === 1 ? trainers[0] : trainers.find(({ local }) => local);
};

/** The trainer, when it is ready. Throws `not_found`, `unavailable` in words when it cannot become so. */
const readyTrainer = (viewer: Viewer, request: LoopRequest, runTrainer: string | undefined): Promise<TrainerView> =>
  step('Waiting for the trainer', async (note) => {
    const expectsLocal = request.trainer === undefined && request.drives;
    for (;;) {
      const trainers = await listTrainers(viewer);
      const known = choose(trainers, request.trainer, runTrainer);
      // What is stored may be of another day: ask it now.
      const trainer = known?.state === 'online' ? await checkTrainer(viewer, known.id) : known;
      if (trainer?.state === 'online') return trainer;
      if (trainer && (trainer.state === 'absent' || trainer.state === 'refused')) {
        throw new AppError('unavailable', trainer.sentence ?? `The trainer “${trainer.name}” is ${trainer.state}`);
      }
      if (!trainer && !(expectsLocal && trainers.length === 0)) {
        const names = trainers.map(({ name }) => name).join(', ') || 'none';
        throw new AppError('not_found', `Name a registered trainer with --trainer (there is: ${names})`);
      }
      note(trainer?.sentence ?? trainer?.state ?? 'preparing');
      await sleep(LOOK_MS, undefined, { signal: request.stop }).catch(() => undefined); // told to stop, below
      if (request.stop.aborted) throw new AppError('unavailable', 'Stopped: run it again to go on');
    }
  });

const baseModel = ({ info, name }: TrainerView, base: string | undefined): ModelRef => {
  if (base === 'built') return { source: 'built', name: 'moving-shapes', seed: 0, width: 128, layers: 4 };
  const models = info?.models ?? [];
  const choices = [...models, 'built'].join(', ');
  if (base === undefined) throw new AppError('invalid', `Say what the new run starts from with --base (${choices})`);
  if (models.includes(base)) return { source: 'local', name: base };
  throw new AppError('not_found', `The trainer “${name}” has no model “${base}” (it has: ${choices})`);
};

/** The iteration to follow next; undefined when the run has as many as it shall have. */
const nextIteration = async (viewer: Viewer, request: LoopRequest): Promise<string | undefined> => {
  const run = await findRun(viewer, request.name);
  const newest = run?.newest;
  if (newest && isMoving(newest.state)) return newest.id;
  if (newest?.state === 'failed' || newest?.state === 'cancelled') return retried(viewer, newest.id);
  if (newest && newest.k + 1 >= request.iterations) return undefined;
  const trainer = await readyTrainer(viewer, request, run?.trainerId);
  const plan = await nextPlan(viewer, run?.id, request.plan);
  const { iterationId } = await launchIteration(viewer, {
    run: run
      ? { id: run.id }
      : { name: request.name, base: { trainerId: trainer.id, model: baseModel(trainer, request.base) } },
    trainerId: trainer.id,
    plan,
  });
  return iterationId;
};

const retried = async (viewer: Viewer, id: string): Promise<string> => {
  const { k, state, failedReason, retryFrom } = await getIteration(viewer, id);
  const from = retryFrom.at(-1);
  if (from === undefined)
    throw new AppError('conflict', `Iteration ${k} is ${state} and cannot be retried: ${failedReason ?? ''}`);
  say(`iteration ${k}: ${state}, retried from ${from}`);
  await retryIteration(viewer, id, from);
  return id;
};

/** Takes the run to as many iterations as it shall have. Throws with the reason of the first that is not done. */
export const runLoopNow = async (viewer: Viewer, request: LoopRequest): Promise<void> => {
  for (;;) {
    const id = await nextIteration(viewer, request);
    if (id === undefined) break;
    await followIteration(viewer, id, request);
    const { k, run } = await getIteration(viewer, id);
    await tellFigures(viewer, run.id, k);
  }
  say(`${request.name} has its ${request.iterations === 1 ? 'iteration' : `${request.iterations} iterations`}`);
};
