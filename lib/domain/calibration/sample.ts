/** Samples to label, and their items as the labelling screen shows them: blind until the person has labelled. */
import { z } from 'zod';
import { samplerProfileSchema } from '@/lib/domain/frames/profile';
import { kindSchema } from '@/lib/domain/question';
import { loggedFramesSchema, questionViewSchema } from '@/lib/domain/rollouts/detail';
import { consistencySchema, evidenceSchema } from '@/lib/domain/verdict';
import { labelCheckSchema, labelRequestSchema, labelValueSchema } from './label';

/** Items of a sample: enough by default for a first reading of κ. */
export const SAMPLE_SIZE = 40;
const MAX_SAMPLE_SIZE = 1_000;

export const drawRequestSchema = z.object({
  runId: z.uuid(),
  /** Null: of the whole run. */
  iterationId: z.uuid().nullable(),
  size: z.coerce.number().int().min(1).max(MAX_SAMPLE_SIZE).default(SAMPLE_SIZE),
  checks: z.array(labelCheckSchema).min(1, 'Choose at least one check').max(2),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(0),
});
export type DrawRequest = z.infer<typeof drawRequestSchema>;

export const sampleSummarySchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  runName: z.string(),
  /** Of the iteration; null for the whole run. */
  k: z.int().nullable(),
  seed: z.number(),
  checks: z.array(labelCheckSchema),
  createdAt: z.iso.datetime(),
  /** Who drew it; null where the account is gone. */
  author: z.string().nullable(),
  items: z.int(),
  /** Items on which the viewer has answered everything that is asked. */
  mine: z.int(),
  /** Items that anybody has labelled. */
  labelled: z.int(),
  people: z.int(),
});
export type SampleSummary = z.infer<typeof sampleSummarySchema>;

const ownLabelSchema = z.object({ value: labelValueSchema, changed: z.boolean() });
/** The viewer's own labels of one item, by check. */
const ownLabelsSchema = z.partialRecord(labelCheckSchema, ownLabelSchema);
export type OwnLabels = z.infer<typeof ownLabelsSchema>;

const itemPlaceSchema = z.object({
  /** From 1. */
  position: z.int().positive(),
  /** What is asked of it: a question without a truth is not asked for accuracy. */
  asked: z.array(labelCheckSchema),
  mine: ownLabelsSchema,
});
export type ItemPlace = z.infer<typeof itemPlaceSchema>;

export const sampleDetailSchema = z.object({
  ...sampleSummarySchema.shape,
  places: z.array(itemPlaceSchema),
});
export type SampleDetail = z.infer<typeof sampleDetailSchema>;

/** What a source said, once the person has said it first. */
const shownSchema = z.object({
  /** Whether it agrees with the person; null where either could not tell. */
  agrees: z.boolean().nullable(),
  /** One sentence. */
  reason: z.string(),
  evidence: z.array(evidenceSchema),
});

const shownConsistencySchema = z.object({
  ...shownSchema.shape,
  said: consistencySchema,
  by: z.enum(['rules', 'judge']),
  concluded: z.string().nullable(),
  judges: z.array(
    z.object({
      name: z.string(),
      heldOut: z.boolean(),
      said: consistencySchema,
      concluded: z.string().nullable(),
      reason: z.string(),
    }),
  ),
});
export type ShownConsistency = z.infer<typeof shownConsistencySchema>;

const shownAccuracySchema = z.object({
  ...shownSchema.shape,
  /** Null where the version could not score it. */
  said: z.boolean().nullable(),
  score: z.number().nullable(),
});
export type ShownAccuracy = z.infer<typeof shownAccuracySchema>;

/** One item. No field tells what the verifier or a judge made of it before `shown` does. */
export const labelItemSchema = z.object({
  sampleId: z.uuid(),
  ...itemPlaceSchema.shape,
  kind: kindSchema,
  /** `truth` is empty until `truthShown`. */
  question: questionViewSchema,
  truthShown: z.boolean(),
  response: z.string(),
  frames: loggedFramesSchema.nullable(),
  sampler: samplerProfileSchema.nullable(),
  runId: z.uuid(),
  shown: z.object({
    consistency: shownConsistencySchema.nullable(),
    accuracy: shownAccuracySchema.nullable(),
    /** Once everything is answered: where to read on. */
    rolloutId: z.uuid().nullable(),
  }),
});
export type LabelItem = z.infer<typeof labelItemSchema>;

/** One act on the way to the server. `id` is the sender's: the same one again is the same act. */
export const labelSendSchema = z.object({
  id: z.uuid(),
  sampleId: z.uuid(),
  position: z.int().positive(),
  label: labelRequestSchema,
});
export type LabelSend = z.infer<typeof labelSendSchema>;

/** The check that is asked next of an item; undefined when all are answered. */
export const nextCheck = ({ asked, mine }: Pick<ItemPlace, 'asked' | 'mine'>) =>
  asked.find((check) => mine[check] === undefined);

/** Whether the truth may show: consistency is asked without it. */
export const truthMayShow = ({ asked, mine }: Pick<ItemPlace, 'asked' | 'mine'>): boolean =>
  !asked.includes('consistency') || mine.consistency !== undefined;
