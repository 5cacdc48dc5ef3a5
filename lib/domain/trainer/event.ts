/**
 * The event log of a job, as the trainer tells it: seq 1, 2, 3 … without a gap. Fields that a newer trainer adds are
 * left out. Lengths of texts are not checked again: the trainer counts characters and this language counts UTF-16
 * units, so that the same bound would refuse here for ever what was accepted there.
 */
import { z } from 'zod';
import { jobStateSchema, timeSchema, trainerNameSchema } from './names';

const count = z.int().min(0);
const stamp = { seq: z.int().min(1), time: timeSchema } as const;
/** Null where a number was not finite. */
const values = z.record(z.string(), z.number().nullable());

export const trainerEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...stamp,
    type: z.literal('state'),
    state: jobStateSchema,
    /** 1 for the first start; every restart and resume counts one more. */
    attempt: z.int().min(1),
    device: trainerNameSchema.nullable(),
    error: z.string().nullable(),
  }),
  z.object({
    ...stamp,
    type: z.literal('metric'),
    /** Optimiser steps done (sampling jobs: question batches done). */
    step: count,
    steps: count.nullable(),
    phase: trainerNameSchema,
    values,
  }),
  z.object({
    ...stamp,
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warning', 'error']),
    message: z.string(),
    questionId: z.string().nullable(),
  }),
  z.object({
    ...stamp,
    type: z.literal('rollout'),
    step: count,
    questionId: z.string().min(1),
    /** Index within the group. */
    sample: count,
    response: z.string(),
    finishReason: z.enum(['stop', 'length']),
    /** Video tokens included. */
    promptTokens: count,
    totalTokens: count,
    thinkTokens: count.nullable(),
    /** 0 is greedy. */
    temperature: z.number().min(0),
    reward: z.number().nullable(),
    rewards: values,
    advantage: z.number().nullable(),
    /** Frames of the file, 0-based, in the order the model saw them; null without a video. */
    frameIndices: z.array(z.int()).nullable(),
    /** Seconds from the start of the clip, one per index. */
    frameTimes: z.array(z.number()).nullable(),
    /** Height and width in pixels after resizing. */
    frameSize: z.tuple([z.int(), z.int()]).nullable(),
    videoTokens: count.nullable(),
  }),
  z.object({
    ...stamp,
    type: z.literal('checkpoint'),
    name: trainerNameSchema,
    step: count,
    resumable: z.boolean(),
    final: z.boolean(),
    bytes: count,
  }),
  z.object({
    ...stamp,
    type: z.literal('result'),
    /** The checkpoint to go on from; null for sampling jobs. */
    checkpoint: trainerNameSchema.nullable(),
    values,
  }),
]);
export type TrainerEvent = z.infer<typeof trainerEventSchema>;
