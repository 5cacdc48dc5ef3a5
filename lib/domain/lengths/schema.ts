/** What the page of lengths is told: counts, and figures that follow from counts of every rollout. Lengths are in the asked unit. */
import { z } from 'zod';
import { pairTypeSchema } from '@/lib/domain/pair';
import { sliceSchema } from '@/lib/domain/slices/slice';
import { withinSumsSchema } from './within';

const count = z.int().nonnegative();

/** A slice that was asked for and that the viewer may see. */
export const lengthSliceSchema = z.object({ ...sliceSchema.shape, runName: z.string() });
export type LengthSlice = z.infer<typeof lengthSliceSchema>;

/** Which rollouts a series counts: those of a slice (its index among `slices`), and with a facet those of one value. */
const placeSchema = z.object({ slice: count, value: z.string().nullable() });
export type LengthPlace = z.infer<typeof placeSchema>;

/** The quantiles that are shown of every distribution, as shares. */
export const quantileShares = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const;
export const quantilesSchema = z.object({
  p5: count,
  p25: count,
  p50: count,
  p75: count,
  p95: count,
  p99: count,
});
export type Quantiles = z.infer<typeof quantilesSchema>;

const binCountSchema = z.object({ n: count, correct: count, incorrect: count });
const quarterSchema = z.object({ n: count, correct: count });

/** Length against accuracy, of rollouts with a truth. */
export const accuracySeriesSchema = placeSchema.extend({
  bins: z.array(z.object({ from: count, to: count, middle: count, n: count, correct: count })),
  /** Null where the quarters would share a length, or nothing has a truth. */
  quarters: z
    .object({ shortest: quarterSchema.extend({ to: count }), longest: quarterSchema.extend({ from: count }) })
    .nullable(),
});
export type AccuracySeries = z.infer<typeof accuracySeriesSchema>;

export const lengthSeriesSchema = placeSchema.extend({
  /** Rollouts with a length, of them those with an estimated one, and rollouts without. */
  n: count,
  estimated: count,
  uncounted: count,
  /** Null where nothing has a length, as the quantiles are. */
  mean: z.number().nullable(),
  shortest: count.nullable(),
  longest: count.nullable(),
  quantiles: quantilesSchema.nullable(),
  /** Longer than the 99th percentile. */
  beyond99: count,
  /** Between the edges of the answer; with what lies beyond the last they sum to `n`. */
  bins: z.array(binCountSchema),
  beyondEdges: count,
  ecdf: z.array(z.object({ length: count, upto: count })),
});
export type LengthSeries = z.infer<typeof lengthSeriesSchema>;

export const lengthsSchema = z.object({
  slices: z.array(lengthSliceSchema),
  /** By value and then by slice, in the order that they are shown. */
  series: z.array(lengthSeriesSchema),
  /** Bin `i` of every series holds lengths from `edges[i]` to `edges[i + 1] - 1`. */
  edges: z.array(count),
  /** By slice alone where the facet is accuracy itself. */
  accuracy: z.array(accuracySeriesSchema),
  /** Values of the facet that are left out, since more charts than these are no help. */
  hiddenValues: count,
  /** What sets are called. */
  names: z.record(z.string(), z.string()),
});
export type Lengths = z.infer<typeof lengthsSchema>;

/** Quantiles over the steps of the policy: each point is of the rollouts from one step to another, both included. */
export const lengthStepsSchema = z.object({
  slices: z.array(lengthSliceSchema),
  series: z.array(
    z.object({
      slice: count,
      points: z.array(quantilesSchema.omit({ p99: true }).extend({ from: count, to: count, n: count })),
    }),
  ),
  /** Steps in a point. */
  width: z.int().positive(),
});
export type LengthSteps = z.infer<typeof lengthStepsSchema>;

export const lengthWithinSchema = z.object({
  slices: z.array(lengthSliceSchema),
  series: z.array(placeSchema.extend({ sums: withinSumsSchema })),
  names: z.record(z.string(), z.string()),
});
export type LengthWithin = z.infer<typeof lengthWithinSchema>;

/** What became of a pair: still proposed, or decided, by whom and how. */
export const pairFates = ['undecided', 'kept', 'swapped', 'replaced', 'rejected'] as const;
export const pairDeciders = ['nobody', 'person', 'policy'] as const;

/** Pairs alike in all of this, both of whose sides are rollouts with a length, and of them those where one is longer. */
export const pairCellSchema = z.object({
  slice: count,
  type: pairTypeSchema,
  fate: z.enum(pairFates),
  decider: z.enum(pairDeciders),
  pairs: count,
  /** As the verifier proposed them: chosen longer than rejected, shorter, as long. What it composed is in none. */
  proposed: z.object({ longer: count, shorter: count, tied: count }),
  /** As they stand now. What was edited or composed is in none. */
  now: z.object({ longer: count, shorter: count, tied: count }),
});
export type PairCell = z.infer<typeof pairCellSchema>;

export const lengthPairsSchema = z.object({ slices: z.array(lengthSliceSchema), cells: z.array(pairCellSchema) });
export type LengthPairs = z.infer<typeof lengthPairsSchema>;

export const extremeSchema = z.object({
  rolloutId: z.uuid(),
  slice: count,
  length: count,
  prompt: z.string(),
  step: count,
  sample: z.int().nullable(),
  correct: z.boolean().nullable(),
  consistency: z.string().nullable(),
  lengthClass: z.string().nullable(),
  estimated: z.boolean(),
});
export type Extreme = z.infer<typeof extremeSchema>;

/** The longest and the shortest of all asked slices together. */
export const lengthExtremesSchema = z.object({
  slices: z.array(lengthSliceSchema),
  longest: z.array(extremeSchema),
  shortest: z.array(extremeSchema),
});
export type LengthExtremes = z.infer<typeof lengthExtremesSchema>;

/** Rollouts at each end. */
export const EXTREMES = 20;
