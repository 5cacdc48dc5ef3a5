/** What a launch form chooses from. */
import { z } from 'zod';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { iterationStateSchema } from '@/lib/domain/run';
import { trainerViewSchema } from '@/lib/domain/trainer-view';
import { checkpointSizeSchema, measureSchema } from './measured-speed';
import { planSchema } from './plan';

const count = z.int().nonnegative();

/** Questions of one kind, modality and split. */
export const questionCellSchema = z.object({
  kind: kindSchema,
  modality: modalitySchema,
  /** As the file had it; null where it said nothing. */
  split: z.string().nullable(),
  questions: count,
  /** Text, or with a clip or picture that was found, and can be read as far as is known. */
  usable: count,
  /** Of the usable ones, those whose file nobody has looked into yet. */
  pending: count,
  /** Of the usable ones, those that the run's curriculum leaves out. */
  excluded: count,
  /** Of the usable ones that are not left out, those with a truth: GRPO can use no others. */
  scored: count,
});

export const setChoiceSchema = z.object({ id: z.uuid(), name: z.string(), cells: z.array(questionCellSchema) });
export type SetChoice = z.infer<typeof setChoiceSchema>;

export const checkpointChoiceSchema = z.object({
  id: z.uuid(),
  run: z.object({ id: z.uuid(), name: z.string() }),
  stage: z.enum(['base', 'activation', 'grpo', 'dpo']),
  k: count.nullable(),
  /** Of the iteration that made it; null for the base of a run. */
  state: iterationStateSchema.nullable(),
  step: count,
  model: z.string(),
  /** `checkpoint`: weights of one trainer alone; others are free of place. */
  source: z.enum(['local', 'checkpoint', 'built']),
  /** Where its weights lie; null when that trainer was forgotten. */
  trainerId: z.uuid().nullable(),
  createdAt: z.string(),
});
export type CheckpointChoice = z.infer<typeof checkpointChoiceSchema>;

/** The run that is to be continued. */
export const runChoiceSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Of the iteration that a launch makes. */
  nextK: count,
  /** An iteration under way: no other can be launched before its end. */
  moving: z.object({ id: z.uuid(), k: count }).nullable(),
  /** The checkpoint that it goes on from unless another one is chosen; null: it has none. */
  startCheckpointId: z.uuid().nullable(),
  /** What its base weights are called, to tell runs of the same policy. */
  base: z.string().nullable(),
  /** Of its newest iteration that was launched here. */
  previous: z.object({ k: count, trainerId: z.uuid().nullable(), plan: planSchema }).nullable(),
  /** Groups of its newest iteration that pairs were proposed for, and how many pairs. */
  pairYield: z.object({ groups: count, pairs: count }).nullable(),
});
export type RunChoice = z.infer<typeof runChoiceSchema>;

export const pairSetChoiceSchema = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  runId: z.uuid(),
  runName: z.string(),
  k: count,
  pairCount: count,
});

export const launchChoicesSchema = z.object({
  /** Newest first, at most 200. */
  runs: z.array(z.object({ id: z.uuid(), name: z.string() })),
  run: runChoiceSchema.nullable(),
  questionSets: z.array(setChoiceSchema),
  /** Newest first, of the run before others. */
  pairSets: z.array(pairSetChoiceSchema),
  /** Newest first, of the run before others; at most 200. */
  checkpoints: z.array(checkpointChoiceSchema),
  trainers: z.array(trainerViewSchema),
  /** Newest first. */
  measures: z.array(measureSchema),
  /** Newest first. */
  checkpointSizes: z.array(checkpointSizeSchema),
});
export type LaunchChoices = z.infer<typeof launchChoicesSchema>;

/** How many questions of the chosen sets a job can be sent; `scored` counts those with a truth alone. */
export const countReady = (sets: readonly SetChoice[], ids: readonly string[], scored: boolean): number =>
  sets
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ cells }) => cells)
    .reduce((sum, cell) => sum + (scored ? cell.scored : cell.usable - cell.excluded), 0);

/** How many of those questions wait for somebody to look into their file: one that cannot be read leaves its question out. */
export const countPending = (sets: readonly SetChoice[], ids: readonly string[]): number =>
  sets
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ cells }) => cells)
    .reduce((sum, { pending }) => sum + pending, 0);
