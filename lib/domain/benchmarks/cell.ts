/** What a run's rollouts of one slice and one question set count up to, for the panels that lay benchmarks side by side. */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { stageSchema } from '@/lib/domain/rollout';
import { benchmarkSchema } from './benchmark';

const count = z.int().nonnegative();

/** Every field is a number of rollouts unless it says otherwise. */
export const benchmarkCellSchema = z.object({
  k: count,
  stage: stageSchema,
  setId: z.uuid(),
  setName: z.string(),
  /** The one that the set is of, by choice or by name. */
  benchmark: benchmarkSchema.nullable(),
  /** Questions that were asked. */
  questions: count,
  rollouts: count,
  consistent: count,
  inconsistent: count,
  undetermined: count,
  /** Those with an accuracy reward, and its sums; a reward lies in [0, 1]. */
  scored: count,
  accuracySum: z.number(),
  accuracySquares: z.number(),
  /** Those whose question has a truth, so that they are right or wrong; of these, the right and consistent ones. */
  judged: count,
  rightConsistent: count,
  /** Those where people said what the check should have said. */
  correctedConsistency: count,
  correctedAccuracy: count,
});
export type BenchmarkCell = z.infer<typeof benchmarkCellSchema>;

/** More slices than this have more bars than a chart can show: the newest are read. */
export const MOST_BENCHMARK_SLICES = 60;

export const runBenchmarksSchema = z.object({
  /** In the order of the loop, then by name of the set. */
  cells: z.array(benchmarkCellSchema),
  /** The kinds of all questions that the run was asked, whatever the cells are narrowed to. */
  kinds: z.array(kindSchema),
  /** Slices older than those of the cells. */
  olderSlices: count,
});
export type RunBenchmarks = z.infer<typeof runBenchmarksSchema>;
