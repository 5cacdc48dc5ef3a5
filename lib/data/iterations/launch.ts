import 'server-only';
/** Launching: an iteration with its plan, and the run it begins where one is asked for. The worker takes it from there. */
import { randomUUID } from 'node:crypto';
import { findStartCheckpoint, type StartCheckpoint } from '@/lib/data/checkpoints/start';
import { createBaseCheckpoint } from '@/lib/data/checkpoints/write';
import { db, type Transaction } from '@/lib/data/db';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type Launch, type Launched, type LaunchRequest, launchSchema } from '@/lib/domain/loop/launch';
import type { Plan } from '@/lib/domain/loop/plan';
import { firstState, movingStates } from '@/lib/domain/loop/stages';
import type { ModelRef } from '@/lib/domain/trainer/job';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';
import { lockTurns, notifyIteration } from './cancel';
import { requireData } from './require-data';
import { holdTrainer, requireDevice, requireModel, requireTrainer, type TrainerHere } from './require-trainer';

/** The newest verifier version of the project; the default one where there is none. */
const verifierVersionOf = async (tx: Transaction, projectId: string, userId: string): Promise<string> => {
  const newest = await tx.verifierVersion.findFirst({
    where: { projectId },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  if (newest) return newest.id;
  return (await ensureVerifierVersion(tx, projectId, 'Default', defaultVerifierSettings, userId)).id;
};

type Begun = { readonly runId: string; readonly checkpointId: string; readonly k: number };

type NewRun = {
  readonly name: string;
  readonly base: { readonly trainerId: string | null; readonly model: ModelRef };
};

/** A new run and its base checkpoint. Throws `conflict` when the name is taken. */
const createRun = async (
  tx: Transaction,
  projectId: string,
  userId: string,
  { name, base }: NewRun,
): Promise<Begun> => {
  if (await tx.run.findFirst({ where: { projectId, name }, select: { id: true } })) {
    throw new AppError('conflict', `There is a run “${name}” already: continue it, or choose another name`);
  }
  const runId = randomUUID();
  const verifierVersionId = await verifierVersionOf(tx, projectId, userId);
  await tx.run.create({ data: { id: runId, projectId, name, verifierVersionId, baseCheckpoint: base.model.name } });
  const checkpointId = await createBaseCheckpoint(tx, { projectId, runId, ...base });
  return { runId, checkpointId, k: 0 };
};

/** The next turn of a run. Throws `conflict` while another one moves. */
const nextTurn = async (tx: Transaction, runId: string): Promise<number> => {
  const moving = await tx.iteration.findFirst({
    where: { runId, state: { in: [...movingStates] } },
    select: { k: true },
  });
  if (moving) {
    throw new AppError('conflict', `Iteration ${moving.k} of this run is under way: wait for its end, or cancel it`);
  }
  const latest = await tx.iteration.aggregate({ where: { runId }, _max: { k: true } });
  return (latest._max.k ?? -1) + 1;
};

/** Weights lie on the trainer that made them; only what a trainer has or builds itself is free of place. */
const requireWeights = (trainer: TrainerHere, model: ModelRef, madeOn: string | null): void => {
  requireModel(trainer, model);
  if (model.source !== 'checkpoint' || madeOn === trainer.id) return;
  throw new AppError(
    'conflict',
    `These weights lie on another trainer than “${trainer.name}”: launch on the one that made them, or start elsewhere`,
  );
};

/** A run to begin, or one to go on with and the weights to start from. */
export type Start =
  | { readonly kind: 'next'; readonly runId: string; readonly checkpoint: StartCheckpoint }
  | { readonly kind: 'new'; readonly run: NewRun };

const NOT_KEPT =
  'The weights of this checkpoint were not kept: its run is a recording. Start from weights that were kept, such as the base';

/** Checks the weights to start from. Throws `not_found`, `conflict` or `invalid` in words. */
const chooseStart = async (projectId: string, trainer: TrainerHere, launch: Launch): Promise<Start> => {
  if ('name' in launch.run) {
    if (launch.startCheckpointId !== null) {
      throw new AppError('invalid', 'A new run starts from its base: leave the checkpoint out');
    }
    const { name, base } = launch.run;
    requireWeights(trainer, base.model, base.trainerId);
    // Past the check they lie where the job runs, whatever trainer was named.
    return { kind: 'new', run: { name, base: { ...base, trainerId: trainer.id } } };
  }
  const checkpoint = await findStartCheckpoint(projectId, launch.run.id, launch.startCheckpointId);
  if (!checkpoint.kept) throw new AppError('conflict', NOT_KEPT);
  requireWeights(trainer, checkpoint.model, checkpoint.trainerId);
  return { kind: 'next', runId: launch.run.id, checkpoint };
};

const projectOf = async (viewer: Viewer, { run }: Launch): Promise<string> => {
  if ('name' in run) return (await getViewerProject(viewer, engineers)).id;
  const row = await db.run.findFirst({
    where: { id: run.id, ...visibleTo(viewer, engineers) },
    select: { projectId: true },
  });
  if (!row) throw new AppError('not_found', 'Run not found, or your role does not allow launching');
  return row.projectId;
};

type NewIteration = {
  readonly projectId: string;
  readonly userId: string;
  /** Null: no worker takes it up, since a recording is played into it. */
  readonly trainerId: string | null;
  readonly start: Start;
  readonly plan: Plan;
};

/**
 * Writes an iteration that has been checked, and its run where it begins one.
 *
 * @throws AppError `conflict` when the run's name is taken or another of its iterations is under way.
 */
export const insertIteration = async ({
  projectId,
  userId,
  trainerId,
  start,
  plan,
}: NewIteration): Promise<Launched> => {
  const iterationId = randomUUID();
  return db.$transaction(async (tx) => {
    await lockTurns(tx, projectId);
    if (trainerId !== null) await holdTrainer(tx, trainerId);
    const begun: Begun =
      start.kind === 'new'
        ? await createRun(tx, projectId, userId, start.run)
        : { runId: start.runId, checkpointId: start.checkpoint.id, k: await nextTurn(tx, start.runId) };
    const { runId, checkpointId, k } = begun;
    await tx.iteration.create({
      data: {
        id: iterationId,
        projectId,
        runId,
        k,
        state: firstState(plan),
        plan,
        trainerId,
        startCheckpointId: checkpointId,
        pairSetId: plan.align?.pairSetId ?? null,
        createdBy: userId,
      },
    });
    await notifyIteration(tx, projectId, iterationId);
    return { iterationId, runId, k };
  });
};

/**
 * Makes the next iteration of a run, or a new run with its first, and lets the worker begin. Engineers only.
 *
 * @throws AppError `not_found` for what is foreign, `conflict`, `invalid` or `unavailable` in words for what cannot be:
 *   an empty or foreign question set, an empty or unfrozen pair set, weights of another trainer, an engine, device or
 *   model that the trainer does not have, a run that has an iteration under way.
 */
export const launchIteration = async (viewer: Viewer, request: LaunchRequest): Promise<Launched> => {
  const launch = launchSchema.parse(request);
  const { plan } = launch;
  const projectId = await projectOf(viewer, launch);
  const trainer = await requireTrainer(projectId, launch.trainerId);
  requireDevice(trainer, plan);
  await requireData(projectId, plan);
  const start = await chooseStart(projectId, trainer, launch);
  return insertIteration({ projectId, userId: viewer.userId, trainerId: trainer.id, start, plan });
};
