/** What a trainer answers. Fields that a newer trainer adds are left out; a change that would mislead raises `protocol`. */
import { z } from 'zod';
import { storableString } from '@/lib/domain/text/storable';
import { jobKindSchema, jobStateSchema, sha256Schema, timeSchema, trainerNameSchema, uuidSchema } from './names';

/** The version of the messages that this studio speaks. */
export const TRAINER_PROTOCOL = 1;

const bytes = z.int().min(0);
const count = z.int().min(0);
const space = z.object({ totalBytes: bytes, freeBytes: bytes });
/** Kept in a row and sent to every screen, so it is of a size for that; no real trainer comes near. */
const words = storableString().max(2_000);
const MOST_PACKAGES = 500;
const packages = z
  .record(words, words)
  .refine((versions) => Object.keys(versions).length <= MOST_PACKAGES, 'These are too many packages');

export const trainerInfoSchema = z.object({
  protocol: z.int(),
  version: words,
  /** Of its data folder: another id at the same address is another trainer, which knows none of our jobs. */
  trainerId: uuidSchema,
  python: words,
  platform: words,
  packages,
  startedAt: timeSchema,
  /** False for the first seconds, while the trainer looks for GPUs. */
  devicesReady: z.boolean(),
  devices: z
    .array(
      z.object({
        name: trainerNameSchema,
        kind: z.enum(['cpu', 'cuda']),
        model: words,
        memoryBytes: bytes.nullable(),
        /** The job that runs on it. */
        job: uuidSchema.nullable(),
      }),
    )
    .max(1_000),
  engines: z.array(z.object({ name: trainerNameSchema, available: z.boolean(), reason: words.nullable() })).max(1_000),
  models: z.array(trainerNameSchema).max(10_000),
  limits: z.object({
    maxFileBytes: bytes,
    maxDataBytes: bytes,
    maxRequestBytes: bytes,
    maxUnfinishedJobs: count,
    minFreeDiskBytes: bytes,
    maxMemoryBytes: bytes.nullable(),
  }),
  disk: space,
  memory: space.nullable(),
  queued: count,
  running: count,
});
export type TrainerInfo = z.infer<typeof trainerInfoSchema>;

export const jobStatusSchema = z.object({
  /** What tells jobs apart. Settings stay where they were decided, in the studio. */
  job: z.object({ id: uuidSchema, kind: jobKindSchema, engine: trainerNameSchema, title: z.string() }),
  state: jobStateSchema,
  attempt: z.int().min(1),
  device: trainerNameSchema.nullable(),
  /** 0 is the next to start; null when not queued. */
  queuePosition: count.nullable(),
  /** Why a queued job does not start, in a sentence. */
  waitingFor: z.string().nullable(),
  cancelRequested: z.boolean(),
  progress: z.object({ step: count.nullable(), steps: count.nullable(), rollouts: count }),
  lastSeq: count,
  error: z.string().nullable(),
  createdAt: timeSchema,
  /** Of the present attempt. */
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
});
export type JobStatus = z.infer<typeof jobStatusSchema>;

export const jobListSchema = z.object({ jobs: z.array(jobStatusSchema) });

export const checkpointListSchema = z.object({
  checkpoints: z.array(
    z.object({
      job: uuidSchema,
      kind: jobKindSchema,
      name: trainerNameSchema,
      step: count,
      resumable: z.boolean(),
      final: z.boolean(),
      bytes,
      createdAt: timeSchema,
    }),
  ),
});

export const fileStatusSchema = z.object({ sha256: sha256Schema, bytes });

export const healthSchema = z.object({ status: z.literal('ok') });

export const trainerFailureSchema = z.object({
  code: z.enum([
    'unauthorized',
    'not_found',
    'invalid',
    'conflict',
    'missing_files',
    'too_large',
    'no_space',
    'busy',
    'rewound',
  ]),
  /** A sentence for people. */
  message: z.string(),
  /** For `missing_files`: what to upload first, at most 1000 of them. */
  missing: z.array(sha256Schema).default([]),
});
