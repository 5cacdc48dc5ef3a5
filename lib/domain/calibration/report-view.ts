/** The report as it crosses HTTP, with the words that a disagreement is read by. */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { labelCheckSchema, labelValueSchema } from './label';

const proportionSchema = z.object({
  count: z.number(),
  total: z.number(),
  share: z.number().nullable(),
  low: z.number(),
  high: z.number(),
});

const estimateSchema = z.object({ value: z.number().nullable(), low: z.number(), high: z.number() });

const kappaSchema = z.object({
  n: z.number(),
  observed: z.number().nullable(),
  expected: z.number().nullable(),
  kappa: z.number().nullable(),
  standardError: z.number().nullable(),
  low: z.number(),
  high: z.number(),
});

const figuresShape = {
  sample: z.object({
    n: z.int(),
    confusion: z.object({
      truePositive: z.int(),
      falsePositive: z.int(),
      falseNegative: z.int(),
      trueNegative: z.int(),
      undecidedPositive: z.int(),
      undecidedNegative: z.int(),
    }),
    coverage: proportionSchema,
    precision: proportionSchema,
    recall: proportionSchema,
    recallOfAll: proportionSchema,
    f1: estimateSchema,
    agreement: proportionSchema,
    kappa: kappaSchema,
  }),
  run: z.object({
    rollouts: z.number(),
    coverage: estimateSchema,
    rate: estimateSchema,
    saidRate: z.number().nullable(),
    precision: estimateSchema,
    recall: estimateSchema,
    recallOfAll: estimateSchema,
    f1: estimateSchema,
    kappa: estimateSchema,
  }),
};
const figuresSchema = z.object(figuresShape);
export type FiguresView = z.infer<typeof figuresSchema>;

const sourceSchema = z.object({
  key: z.string(),
  name: z.string(),
  check: labelCheckSchema,
  heldOut: z.boolean().nullable(),
});

const disagreementViewSchema = z.object({
  rolloutId: z.uuid(),
  check: labelCheckSchema,
  kind: kindSchema,
  prompt: z.string(),
  /** Who said what. */
  labels: z.array(z.object({ person: z.string(), value: labelValueSchema })),
  /** The verifier's own word for it, `undetermined` included. */
  said: z.string(),
  /** Names of the sources that say otherwise. */
  against: z.array(z.string()),
  missed: z.boolean(),
  answer: z.string().nullable(),
  /** What the thinking concludes by the verifier, and for accuracy the truth. */
  concluded: z.string().nullable(),
  truth: z.string().nullable(),
  /** The sentence that the verifier took for the conclusion; null where it found none. */
  sentence: z.string().nullable(),
  reason: z.string(),
});
export type DisagreementView = z.infer<typeof disagreementViewSchema>;

export const reportViewSchema = z.object({
  versionNumber: z.int(),
  checks: z.array(
    z.object({
      check: labelCheckSchema,
      items: z.int(),
      settled: z.int(),
      unsure: z.int(),
      split: z.int(),
      changed: z.int(),
      unreached: z.int(),
      population: z.int(),
    }),
  ),
  figures: z.array(
    z.object({
      source: sourceSchema,
      all: figuresSchema,
      kinds: z.array(z.object({ kind: kindSchema, ...figuresShape })),
    }),
  ),
  people: z.array(
    z.object({
      check: labelCheckSchema,
      people: z.tuple([z.string(), z.string()]),
      agreement: proportionSchema,
      kappa: kappaSchema,
    }),
  ),
  disagreements: z.array(disagreementViewSchema),
  /** Disagreements on items that the viewer has begun but not finished labelling: they would give the verdict away. */
  hidden: z.int(),
});
export type ReportView = z.infer<typeof reportViewSchema>;
