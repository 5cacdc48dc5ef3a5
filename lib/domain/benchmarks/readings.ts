/** What a cell says: how often it contradicts itself, how right it is, and how right for the right reasons. */
import { type MeanInterval, meanInterval } from '@/lib/domain/stats/mean';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { type InconsistencyRate, inconsistencyRate } from '@/lib/domain/stats/rates';
import type { BenchmarkCell } from './cell';

/** Inconsistent of those that are consistent or inconsistent, and the undetermined of all that were read. */
export const inconsistencyOf = (cell: BenchmarkCell): InconsistencyRate => inconsistencyRate(cell);

/** Whether a verifier has read any of it. */
export const isRead = ({ consistent, inconsistent, undetermined }: BenchmarkCell): boolean =>
  consistent + inconsistent + undetermined > 0;

export type AccuracyReading = {
  /** Mean accuracy reward in [0, 1] with its 95 % interval: graded, mean relative accuracy for regression. */
  readonly accuracy: MeanInterval;
  /** Right and consistent, of those that are right or wrong. */
  readonly strict: Proportion;
};

/** Null where no rollout has an accuracy. */
export const accuracyOf = (cell: BenchmarkCell): AccuracyReading | null => {
  const interval = meanInterval(cell.accuracySum, cell.accuracySquares, cell.scored);
  if (!interval) return null;
  // A mean of values in [0, 1] lies there, and so do the ends that make sense.
  const low = interval.low === null ? null : Math.max(0, interval.low);
  const high = interval.high === null ? null : Math.min(1, interval.high);
  return { accuracy: { mean: interval.mean, low, high }, strict: proportion(cell.rightConsistent, cell.judged) };
};

/** Several samples of a question are more alike than those of several: intervals that take them for strangers are narrow. */
export const isResampled = ({ rollouts, questions }: BenchmarkCell): boolean => rollouts > questions;
