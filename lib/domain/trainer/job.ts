/** Jobs as a trainer is asked for them. The id is ours, so that a repeated request is the same job. */
import { z } from 'zod';
import { sha256Schema, trainerNameSchema, uuidSchema } from './names';
import {
  dpoSettingsSchema,
  evalSettingsSchema,
  grpoSettingsSchema,
  rolloutSettingsSchema,
  sftSettingsSchema,
} from './settings';

const seedSchema = z
  .int()
  .min(0)
  .lt(2 ** 31);

/** Built with random weights: the base policy of the moving-shapes world. */
export const builtModelSchema = z.strictObject({
  source: z.literal('built'),
  name: z.literal('moving-shapes'),
  seed: seedSchema.default(0),
  width: z.int().min(32).max(4096).multipleOf(32, 'Width must be a multiple of 32').default(128),
  layers: z.int().min(1).max(64).default(4),
});

/** Where the weights come from. */
export const modelSchema = z.discriminatedUnion('source', [
  /** A folder that the operator put into the trainer's models folder. */
  z.strictObject({ source: z.literal('local'), name: trainerNameSchema }),
  /** What an earlier job of this trainer published. */
  z.strictObject({ source: z.literal('checkpoint'), job: uuidSchema, name: trainerNameSchema }),
  builtModelSchema,
]);

/** Weights as a job request names them; what a checkpoint row holds. */
export type ModelRef = z.infer<typeof modelSchema>;

/** The verifier that the trainer asks for rewards; the token is shown to nobody again. */
const rewardSchema = z.strictObject({
  url: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, 'This is no http address without credentials, query or fragment'),
  token: z.string().nullable().default(null),
  /** Number of the verifier version that scores; null for the newest. */
  verifierVersion: z.int().min(1).nullable().default(null),
  timeoutSeconds: z.number().min(1).max(600).default(60),
  giveUpSeconds: z.number().min(10).max(604_800).default(3600),
});

const jobShape = {
  id: uuidSchema,
  engine: trainerNameSchema.default('builtin'),
  model: modelSchema,
  seed: seedSchema.default(0),
  /** E.g. `cpu` or `cuda-0`; null takes the first free one. */
  device: trainerNameSchema.nullable().default(null),
  title: z.string().max(200).default(''),
} as const;

/** Uploaded NDJSON files of the lines in `lines.ts`. */
const questionsSchema = z.strictObject({ questions: sha256Schema });
const pairsSchema = z.strictObject({ pairs: sha256Schema });
const demonstrationsSchema = z.strictObject({ demonstrations: sha256Schema });

export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...jobShape,
    kind: z.literal('grpo'),
    data: questionsSchema,
    reward: rewardSchema,
    settings: grpoSettingsSchema.prefault({}),
  }),
  z.strictObject({
    ...jobShape,
    kind: z.literal('dpo'),
    data: pairsSchema,
    settings: dpoSettingsSchema.prefault({}),
  }),
  z.strictObject({
    ...jobShape,
    kind: z.literal('sft'),
    data: demonstrationsSchema,
    settings: sftSettingsSchema.prefault({}),
  }),
  z.strictObject({
    ...jobShape,
    kind: z.literal('rollout'),
    data: questionsSchema,
    reward: rewardSchema.nullable().default(null),
    settings: rolloutSettingsSchema.prefault({}),
  }),
  z.strictObject({
    ...jobShape,
    kind: z.literal('eval'),
    data: questionsSchema,
    reward: rewardSchema.nullable().default(null),
    settings: evalSettingsSchema.prefault({}),
  }),
]);

/** What is asked for; what is left out takes the trainer's default. */
export type JobRequest = z.input<typeof jobSchema>;
