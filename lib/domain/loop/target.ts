/** Where a launch goes: an existing run or a new one, the trainer, and the weights it starts from. */
import type { ModelRef } from '@/lib/domain/trainer/job';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { type BuiltTexts, builtModel, defaultBuilt } from './built-base';
import { type LaunchRequest, runNameSchema } from './launch';
import type { CheckpointChoice, LaunchChoices } from './launch-choices';
import { baseKey } from './measured-speed';
import type { Plan } from './plan';

export type Target = {
  /** Of a new run; unused where a run is continued. */
  readonly name: string;
  /** Key of one of `baseChoices`. */
  readonly base: string;
  /** The size of a base that the trainer builds. */
  readonly built: BuiltTexts;
  readonly trainerId: string;
  /** Null: the newest of the run. */
  readonly startCheckpointId: string | null;
};

/** Of what the trainer builds itself; its model follows from what is typed. */
export const BUILT_BASE = 'built';

export type BaseChoice = { readonly key: string; readonly label: string };

/** What a new run can start from on a trainer: its models folder, and what it builds itself. */
export const baseChoices = (trainer: TrainerView | undefined): readonly BaseChoice[] => {
  if (!trainer?.info) return [];
  const local = trainer.info.models.map((name) => ({ key: baseKey({ source: 'local', name }), label: name }));
  return [...local, { key: BUILT_BASE, label: 'moving-shapes, built with random weights' }];
};

/** The weights that a new run begins with; null where none is chosen, or its size is wrong. */
export const baseModel = (trainer: TrainerView | undefined, { base, built }: Target): ModelRef | null => {
  if (base === BUILT_BASE) return trainer?.info ? builtModel(built) : null;
  const name = trainer?.info?.models.find((model) => baseKey({ source: 'local', name: model }) === base);
  return name === undefined ? null : { source: 'local', name };
};

/** What the form begins with: the previous iteration's trainer where it is still there, else the first one online. */
export const startTarget = ({ run, trainers }: LaunchChoices): Target => {
  const trainer =
    trainers.find(({ id }) => id === run?.previous?.trainerId) ??
    trainers.find(({ state }) => state === 'online') ??
    trainers[0];
  return {
    name: '',
    base: baseChoices(trainer)[0]?.key ?? '',
    built: defaultBuilt,
    trainerId: trainer?.id ?? '',
    startCheckpointId: null,
  };
};

/** The weights that a run goes on from; undefined for a new run and for one that has none. */
export const startWeights = ({ run, checkpoints }: LaunchChoices, target: Target): CheckpointChoice | undefined => {
  const id = run ? (target.startCheckpointId ?? run.startCheckpointId) : null;
  return checkpoints.find((checkpoint) => checkpoint.id === id);
};

const stageRank = { base: 0, activation: 1, grpo: 2, dpo: 3 } as const;

/**
 * The newest weights that an iteration of the run left which failed or was cancelled after the ones the run goes on from:
 * nothing starts from them unless a person says so. Undefined where there are none.
 */
export const leftWeights = ({ run, checkpoints }: LaunchChoices): CheckpointChoice | undefined => {
  if (!run) return undefined;
  const start = checkpoints.find(({ id }) => id === run.startCheckpointId);
  return checkpoints
    .filter(({ run: of, state }) => of.id === run.id && (state === 'failed' || state === 'cancelled'))
    .filter(({ k }) => (k ?? -1) > (start?.k ?? -1))
    .sort((a, b) => (b.k ?? -1) - (a.k ?? -1) || stageRank[b.stage] - stageRank[a.stage])[0];
};

/**
 * The server's own rule: one that answered before will do, since the iteration waits for it; one that takes none of our
 * jobs, or that never said what it has, will not.
 */
const canWaitFor = ({ state, info }: TrainerView): boolean =>
  state === 'online' || ((state === 'offline' || state === 'preparing') && info !== null);

/** That what can be launched begins later, in a sentence; null where it begins at once. */
export const sayLater = ({ trainers }: LaunchChoices, target: Target): string | null => {
  const trainer = trainers.find(({ id }) => id === target.trainerId);
  if (!trainer || trainer.state === 'online' || !canWaitFor(trainer)) return null;
  return `The trainer “${trainer.name}” does not answer now: the iteration will start when it does.`;
};

/** Why this target cannot be launched on, in a sentence; null where it can. */
export const sayWhyNot = (choices: LaunchChoices, target: Target): string | null => {
  const { run, runs, trainers } = choices;
  const trainer = trainers.find(({ id }) => id === target.trainerId);
  if (!trainer) return 'No trainer is registered: register one in Settings.';
  if (!canWaitFor(trainer)) {
    return `The trainer “${trainer.name}” is ${stateWords[trainer.state]}. ${trainer.sentence ?? 'Wait until it is online, or choose another one.'}`;
  }
  if (!run) {
    const named = runNameSchema.safeParse(target.name);
    if (!named.success) return 'Give the new run a name.';
    if (runs.some(({ name }) => name === named.data))
      return `There is a run “${named.data}” already: continue it, or choose another name.`;
    if (!baseChoices(trainer).some(({ key }) => key === target.base)) return 'Choose the base model of the new run.';
    if (!baseModel(trainer, target)) return 'Correct the size of the base model.';
    return null;
  }
  if (run.moving) return `Iteration ${run.moving.k} of this run is under way: wait for its end, or cancel it.`;
  const weights = startWeights(choices, target);
  if (!weights) return 'This run has no weights to go on from: choose a checkpoint, or begin a new run.';
  if (weights.source === 'local' && !trainer.info?.models.includes(weights.model)) {
    return `The trainer “${trainer.name}” has no model “${weights.model}” in its models folder: put it there, or choose another trainer.`;
  }
  if (weights.source === 'checkpoint' && weights.trainerId !== trainer.id) {
    return 'These weights lie on another trainer: choose that one, or start from other weights.';
  }
  return null;
};

const stateWords: Record<TrainerView['state'], string> = {
  preparing: 'being prepared',
  absent: 'not available',
  online: 'online',
  offline: 'offline',
  refused: 'refusing this studio',
};

/** What is sent. Throws where `sayWhyNot` has something to say about a new run's base. */
export const launchRequest = (choices: LaunchChoices, target: Target, plan: Plan): LaunchRequest => {
  const { trainerId, startCheckpointId } = target;
  if (choices.run) return { run: { id: choices.run.id }, trainerId, startCheckpointId, plan };
  const trainer = choices.trainers.find(({ id }) => id === trainerId);
  const model = baseModel(trainer, target);
  if (!model) throw new Error('launched without a base');
  return {
    run: { name: target.name, base: { trainerId, model } },
    trainerId,
    startCheckpointId: null,
    plan,
  };
};
