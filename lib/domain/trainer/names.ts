/** Parts that messages to and from a trainer share. */
import { z } from 'zod';

/** Names of models, engines, devices and checkpoints: never a path, never a hidden file. */
export const trainerNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/, 'This is no name of a trainer');

/** SHA-256 of a file's bytes, lower-case hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'This is no SHA-256 in lower-case hex');

/** UTC, e.g. `2026-01-05T10:00:00.250Z`. There is no year 0: databases refuse it. */
export const timeSchema = z.iso.datetime().refine((time) => !time.startsWith('0000'), 'This is no time');

/** Any UUID: the trainer does not insist on a version. */
export const uuidSchema = z.guid();

export const jobKinds = ['grpo', 'dpo', 'sft', 'rollout', 'eval'] as const;
export const jobKindSchema = z.enum(jobKinds);
export type JobKind = z.infer<typeof jobKindSchema>;

export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const jobStateSchema = z.enum(jobStates);
export type JobState = z.infer<typeof jobStateSchema>;
