/** A comparison of slices as it crosses to the browser; the first slice is the baseline. */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { sliceSchema } from '@/lib/domain/slices/slice';
import { metrics } from './metrics';
import { outcomeSchema } from './outcome';

const count = z.int().nonnegative();
const metricSchema = z.enum(metrics);

/** What a metric comes to in one slice. */
export const figureSchema = z.object({
  /** A share in [0, 1] or a mean; null where nothing is counted over. */
  value: z.number().nullable(),
  /** 95 %: Wilson's for shares, the normal one for means; null where there is none. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Rollouts counted over. */
  n: count,
  /** Of shares, the rollouts counted. */
  count: count.nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

export const comparedSliceSchema = z.object({
  ...sliceSchema.shape,
  runName: z.string(),
  iterationId: z.uuid(),
  rollouts: count,
  /** Of the rollouts, those whose tokens are an estimate. */
  estimated: count,
  figures: z.record(metricSchema, figureSchema),
});
export type ComparedSlice = z.infer<typeof comparedSliceSchema>;

/** One setting, a value for each slice in order; null where nobody knows. */
export const settingRowSchema = z.object({
  key: z.string(),
  group: z.string(),
  label: z.string(),
  values: z.array(z.string().nullable()),
  differs: z.boolean(),
});
export type SettingRow = z.infer<typeof settingRowSchema>;

/** What is known without looking at single questions. */
export const comparisonSchema = z.object({
  slices: z.array(comparedSliceSchema),
  settings: z.array(settingRowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** Over which questions two slices are held against each other. */
export const pairingSchema = z.object({
  /** Over the questions that both have; else over all of each side, which are drawn apart. */
  paired: z.boolean(),
  shared: count,
  base: count,
  other: count,
});
export type Pairing = z.infer<typeof pairingSchema>;

export const differenceSchema = z.object({
  /** What each side comes to over the questions of the pairing. */
  base: z.number().nullable(),
  other: z.number().nullable(),
  /** Of the bootstrap; null where it can say nothing. */
  interval: z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** The questions of one set and kind. */
export const cellChangeSchema = z.object({
  setId: z.uuid(),
  set: z.string(),
  kind: kindSchema,
  pairing: pairingSchema,
  accuracy: differenceSchema,
  inconsistent: differenceSchema,
});
export type CellChange = z.infer<typeof cellChangeSchema>;

export const flipTableSchema = z.object({
  /** Questions by what most rollouts come to on either side; pairs that do not occur are left out. */
  counts: z.array(z.object({ from: outcomeSchema, to: outcomeSchema, questions: count })),
  /** McNemar's exact p of the two flips between `holds` and `fails`. */
  p: z.number(),
});
export type FlipTable = z.infer<typeof flipTableSchema>;

/** One slice against the baseline. */
export const sideChangeSchema = z.object({
  pairing: pairingSchema,
  differences: z.record(metricSchema, differenceSchema),
  /** Over the shared questions. */
  flips: z.object({ accuracy: flipTableSchema, consistency: flipTableSchema }),
  /** Worst first, by the difference in accuracy. */
  cells: z.array(cellChangeSchema),
});
export type SideChange = z.infer<typeof sideChangeSchema>;

export const changesSchema = z.object({
  /** One for each slice after the baseline, in order. */
  sides: z.array(sideChangeSchema),
  /** Draws behind each interval, and what they were seeded with. */
  resamples: count,
  seed: z.int(),
});
export type Changes = z.infer<typeof changesSchema>;

const votesSchema = z.object({ holds: count, of: count });

export const flipPageSchema = z.object({
  rows: z.array(
    z.object({
      questionId: z.uuid(),
      prompt: z.string(),
      kind: kindSchema,
      set: z.string(),
      base: votesSchema,
      other: votesSchema,
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type FlipPage = z.infer<typeof flipPageSchema>;
