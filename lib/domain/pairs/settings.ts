/** What a person may set about the proposal of pairs. Stored with the proposal, so that it can be repeated. */
import { z } from 'zod';
import type { pairTypes } from '@/lib/domain/pair';

/** Bridges say nothing about the medium: the same ones serve video, image and text questions. */
export const defaultBridges = [
  'Wait, let me check this again before I answer.',
  'Hold on, something does not fit here. Let me go back and look at it once more.',
  'Hmm, that conclusion came too fast. Let me think it through again.',
  'Let me double-check this. I may have made a mistake above.',
] as const;

const bridgeSchema = z
  .string()
  .trim()
  .min(1, 'A bridge needs some text')
  .max(1000, 'A bridge may have at most 1000 characters')
  .refine((text) => !/<\/?(?:think|answer)>/i.test(text), 'A bridge must not hold think or answer tags');

const switchesSchema = z.object({
  accuracy: z.boolean().default(true),
  consistency: z.boolean().default(true),
  penalty: z.boolean().default(true),
  reflection: z.boolean().default(true),
  length: z.boolean().default(true),
}) satisfies z.ZodType<Record<(typeof pairTypes)[number], boolean>>;

export const pairSettingsSchema = z.object({
  /** Pairs of one question at most, over all types. */
  maxPerQuestion: z.int().min(1).max(64).default(4),
  /** Pairs of one type of one question at most. */
  maxPerTypePerQuestion: z.int().min(1).max(64).default(2),
  /** `length`: the longer thinking has at least this many times the tokens of the shorter. */
  minLengthRatio: z.number().gt(1).max(100).default(1.5),
  /** `reflection`: tokens of both thinkings together at most; longer ones would be cut off in training. */
  maxReflectionTokens: z.int().positive().default(4096),
  /** Which types are proposed. */
  types: switchesSchema.prefault({}),
  /** Sentences that turn a wrong thinking into a right one; each reflection pair draws one. */
  bridges: z
    .array(bridgeSchema)
    .min(1, 'Reflection needs at least one bridge')
    .max(100)
    .default([...defaultBridges]),
});
export type PairSettings = z.infer<typeof pairSettingsSchema>;

export const defaultPairSettings: PairSettings = pairSettingsSchema.parse({});
