/**
 * A run as a trainer made it, kept in files: its questions, the plan of each iteration, and the event log of each job.
 * Played through the loop again it becomes a run of any project. Ids differ there, so that sets go by their names here
 * and questions by the name of their set and their key.
 */
import { z } from 'zod';
import { runNameSchema } from '@/lib/domain/loop/launch';
import { modelSchema } from '@/lib/domain/trainer/job';
import { jobKinds, sha256Schema, timeSchema, trainerNameSchema } from '@/lib/domain/trainer/names';

/** Raised when an older studio would misread a recording. */
export const RECORDING_VERSION = 1;
/** Below a recording's folder. */
export const RECORDING_FILE = 'recording.json';

/**
 * One folder may hold several recordings that share `questions/` and `videos/`: its own, and in a folder of its own each
 * that was made beside it. All files of all of them are named from the one folder.
 */
export const partSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'A recording beside another has a plain name, such as grpo-alone');

/** Which recording of a folder: the name of one that was made beside the folder's own; null: its own. */
export type RecordingPart = z.infer<typeof partSchema> | null;

/** A file of a recording, named from the folder that holds all. */
export const fileOfPart = (part: RecordingPart, file: string): string => (part === null ? file : `${part}/${file}`);

/** A file of the recording's own folder: never a path that leads out of it. */
const fileSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,3}$/,
    'This is no file of a recording',
  );

export const recordedJobSchema = z.strictObject({
  kind: z.enum(jobKinds),
  /** Gzipped NDJSON of its events, questions by name. */
  events: fileSchema,
  /** `dataDigest` of what it was given: the questions it asked, or the pairs it learnt from. */
  data: sha256Schema,
  /** The name under which its final weights lie beside the recording; null: they were not kept. */
  kept: trainerNameSchema.nullable(),
});
export type RecordedJob = z.infer<typeof recordedJobSchema>;

/** A plan whose question sets are names; read by `localPlan`. */
const recordedPlanSchema = z.record(z.string(), z.json());
export type RecordedPlan = z.infer<typeof recordedPlanSchema>;

export const recordedIterationSchema = z.strictObject({
  k: z.int().nonnegative(),
  startedAt: timeSchema,
  finishedAt: timeSchema,
  plan: recordedPlanSchema,
  jobs: z.array(recordedJobSchema).max(10),
});
export type RecordedIteration = z.infer<typeof recordedIterationSchema>;

export const recordingSchema = z.strictObject({
  version: z.literal(RECORDING_VERSION),
  run: runNameSchema,
  base: modelSchema,
  /** Of the machine that it was made on, for people. */
  machine: z.strictObject({ trainer: z.string(), device: z.string(), packages: z.record(z.string(), z.string()) }),
  questionSets: z
    .array(z.strictObject({ name: z.string().min(1).max(200), file: fileSchema }))
    .min(1)
    .max(50),
  iterations: z.array(recordedIterationSchema).min(1).max(1_000),
});
export type Recording = z.infer<typeof recordingSchema>;

/** How a recording names a question. Two sets may use one key, and keys may hold anything. */
export const questionName = (setName: string, key: string): string => JSON.stringify([setName, key]);
