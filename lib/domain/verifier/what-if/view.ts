/** What the routes of the thresholds screen answer. */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { flipSchema } from './flips';
import { sensitivitySchema } from './sensitivity';
import { pairYieldSchema, summarySchema } from './summary';

/** A rollout that would flip, with the score that decides it. */
const exampleSchema = z.object({
  id: z.uuid(),
  kind: kindSchema,
  /** The beginning of the question. */
  prompt: z.string(),
  iteration: z.int(),
  step: z.int(),
  sampleIndex: z.int().nullable(),
  answer: z.string().nullable(),
  score: z.number(),
  gained: z.boolean(),
  lost: z.boolean(),
});
export type FlipExampleView = z.infer<typeof exampleSchema>;

export const flipViewSchema = flipSchema.extend({ examples: z.array(exampleSchema) });
export type FlipView = z.infer<typeof flipViewSchema>;

/** Pairs are null until the texts of all groups were read once. */
const sideSchema = z.object({ summary: summarySchema, pairs: pairYieldSchema.nullable() });
export type WhatIfSide = z.infer<typeof sideSchema>;

/** Groups whose texts were read, of all. */
const textsSchema = z.object({ read: z.int(), total: z.int() });

export const whatIfSchema = z.object({
  /** Under the version as it is saved. */
  saved: sideSchema,
  /** Under the moved thresholds. */
  moved: sideSchema,
  /** Rollouts that would stand otherwise in any check. */
  flipped: z.int(),
  flips: z.array(flipViewSchema),
  /** Rollouts without a verdict of this version's reading: nothing is said of them. */
  unread: z.int(),
  texts: textsSchema,
});
export type WhatIf = z.infer<typeof whatIfSchema>;

export const sensitivitiesSchema = z.object({ curves: z.array(sensitivitySchema), texts: textsSchema });
export type Sensitivities = z.infer<typeof sensitivitiesSchema>;
