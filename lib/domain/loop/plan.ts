/** The plan of one iteration: what each of its stages will do, decided when it is launched and never changed after. */
import { z } from 'zod';
import { pairSettingsSchema } from '@/lib/domain/pairs/settings';
import {
  dpoSettingsSchema,
  evalSettingsSchema,
  grpoSettingsSchema,
  rolloutSettingsSchema,
} from '@/lib/domain/trainer/settings';

const questionSets = z.array(z.uuid()).min(1, 'Choose a question set').max(50, 'These are too many question sets');
/** Null: all of them. */
const mostQuestions = z.int().min(1).max(1_000_000).nullable().default(null);

/**
 * Who decides the proposed pairs: a person all of them, a person a seeded sample and the policy the rest, or the policy
 * all. What the policy decides is recorded as its decision, never as a person's.
 */
export const gateSchema = z.discriminatedUnion('policy', [
  z.strictObject({ policy: z.literal('review_all') }),
  z.strictObject({ policy: z.literal('review_sample'), count: z.int().min(1).max(100_000) }),
  z.strictObject({ policy: z.literal('auto_approve') }),
]);
export type Gate = z.infer<typeof gateSchema>;

export const planSchema = z
  .strictObject({
    seed: z
      .int()
      .min(0)
      .lt(2 ** 31)
      .default(0),
    engine: z.string().max(100).default('builtin'),
    /** A device of the trainer; null takes the first free one. */
    device: z.string().max(100).nullable().default(null),
    /** Said after each question; null takes the default of its kind, an empty one leaves it out. */
    instruction: z.string().max(4_000).nullable().default(null),
    /** GRPO. `activation` marks the rollouts of a reasoning activation; everything else is the same. */
    explore: z
      .strictObject({
        stage: z.enum(['activation', 'grpo']).default('grpo'),
        questionSets,
        mostQuestions,
        settings: grpoSettingsSchema,
      })
      .nullable()
      .default(null),
    /** Sampling once more from the explored policy, so that pairs come from what it says now. */
    sample: z.strictObject({ questionSets, mostQuestions, settings: rolloutSettingsSchema }).nullable().default(null),
    /** Pairs of this iteration's rollouts; null where `align` has a set of its own or nothing is aligned. */
    curate: z
      .strictObject({ gate: gateSchema, pairs: pairSettingsSchema.prefault({}) })
      .nullable()
      .default(null),
    /** DPO on the set that `curate` freezes, or on an earlier one. */
    align: z
      .strictObject({ pairSetId: z.uuid().nullable().default(null), settings: dpoSettingsSchema })
      .nullable()
      .default(null),
    /** Answers to held-out sets, greedy unless its settings say otherwise. */
    evaluate: z.strictObject({ questionSets, mostQuestions, settings: evalSettingsSchema }).nullable().default(null),
    /** Share of the questions that every rollout answers right which the next iterations leave out. */
    curriculum: z
      .strictObject({ discard: z.number().min(0).max(1).default(0.8) })
      .nullable()
      .default(null),
  })
  .refine(({ explore, sample, align, evaluate }) => explore ?? sample ?? align ?? evaluate, {
    path: ['explore'],
    message: 'Choose at least one stage',
  })
  .refine(({ align, curate }) => !align || (align.pairSetId === null) === (curate !== null), {
    path: ['align', 'pairSetId'],
    message: 'DPO learns either from the pairs of this iteration, or from an earlier frozen set: choose one',
  })
  .refine(({ curate, explore, sample }) => !curate || explore || sample, {
    path: ['curate'],
    message: 'There are no rollouts to make pairs of: add GRPO or sampling',
  })
  .refine(({ curriculum, explore }) => !curriculum || explore, {
    path: ['curriculum'],
    message: 'The curriculum follows from the rollouts of GRPO: add it, or leave the curriculum out',
  });

/** What a form or a file says; what is left out takes its default. */
export type PlanInput = z.input<typeof planSchema>;
export type Plan = z.infer<typeof planSchema>;
