/**
 * Figures that others have published, to stand beside a run's own. One table: a contributor adds a line, and a source
 * where it is new; the tests hold the lines of the method itself. Values are percent, as printed.
 */
import { z } from 'zod';
import { benchmarkSchema } from '@/lib/domain/benchmarks/benchmark';
import { stageSchema } from '@/lib/domain/rollout';

/** `inconsistency`: of the responses, those whose thinking concludes otherwise than their answer says. */
export const publishedMetrics = ['inconsistency', 'accuracy'] as const;
export const publishedMetricSchema = z.enum(publishedMetrics);
export type PublishedMetric = z.infer<typeof publishedMetricSchema>;

/** What is cited under a chart. */
export const publishedSources = {
  'veripo-1c': { cite: 'VerIPO (Li et al., 2025), arXiv:2505.19000, figure 1 (C)' },
  'veripo-1f': { cite: 'VerIPO (Li et al., 2025), arXiv:2505.19000, figure 1 (F)' },
} as const;

export const publishedFigureSchema = z.object({
  benchmark: benchmarkSchema,
  metric: publishedMetricSchema,
  model: z.string().min(1),
  /** As the source names them: `7B`; null where it names none. */
  parameters: z.string().nullable(),
  /** The stage after which it was measured, in turns of its own loop; null for a model as released. */
  stage: z.object({ stage: stageSchema, k: z.int().nonnegative() }).nullable(),
  /** Percent. */
  value: z.number().min(0).max(100),
  source: z.enum(['veripo-1c', 'veripo-1f']),
});
export type PublishedFigure = z.infer<typeof publishedFigureSchema>;

type Stage = NonNullable<PublishedFigure['stage']>;

/** Inconsistency on Video-MMMU, TOMATO and MMVU after one stage of VerIPO's loop. */
const inconsistency = (stage: Stage['stage'], k: number, values: readonly [number, number, number]) =>
  (['video-mmmu', 'tomato', 'mmvu'] as const).map((benchmark, at) => ({
    benchmark,
    metric: 'inconsistency',
    model: 'VerIPO',
    parameters: null,
    stage: { stage, k },
    value: values[at],
    source: 'veripo-1c',
  }));

const vsiBench = (model: string, parameters: string | null, value: number) => ({
  benchmark: 'vsi-bench',
  metric: 'accuracy',
  model,
  parameters,
  stage: null,
  value,
  source: 'veripo-1f',
});

/** Parsed when it is loaded: a slip in a line stops the first test that imports it. */
export const publishedFigures: readonly PublishedFigure[] = z
  .array(publishedFigureSchema)
  .parse([
    ...inconsistency('grpo', 1, [15.56, 17.39, 13.28]),
    ...inconsistency('dpo', 1, [13.44, 10.98, 8]),
    ...inconsistency('grpo', 2, [11.56, 12.67, 11.04]),
    ...inconsistency('dpo', 2, [4.56, 2.49, 2.24]),
    vsiBench('Gemma3-IT', '12B', 32.4),
    vsiBench('GPT-4o', null, 34.0),
    vsiBench('Video-R1', '7B', 35.8),
    vsiBench('Kimi-VL', '16B-A3B', 37.4),
    vsiBench('Qwen2.5-VL', '7B', 37.5),
    vsiBench('VerIPO', '7B', 41.8),
  ]);

/** The published figures of a benchmark, in the order of the table; none for no benchmark. */
export const publishedOf = (
  benchmark: PublishedFigure['benchmark'] | null,
  metric: PublishedMetric,
): readonly PublishedFigure[] =>
  publishedFigures.filter((figure) => figure.benchmark === benchmark && figure.metric === metric);

/** As a share of 1, without the digits that a division would leave behind those printed. */
export const publishedShare = ({ value }: Pick<PublishedFigure, 'value'>): number => Math.round(value * 100) / 10_000;

/** What the figures are cited from, each once. */
export const sourcesOf = (figures: readonly Pick<PublishedFigure, 'source'>[]): string[] => [
  ...new Set(figures.map(({ source }) => publishedSources[source].cite)),
];
