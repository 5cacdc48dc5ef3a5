/** The inconsistency rate as the studio shows it: with its denominator, its interval, and what it leaves out. */
import type { Consistency } from '@/lib/domain/verdict';
import { type Proportion, proportion } from './proportion';

export type ConsistencyCounts = Readonly<Record<Consistency, number>>;

export type InconsistencyRate = {
  /** Inconsistent of those that are consistent or inconsistent. */
  readonly rate: Proportion;
  /** Undetermined of all: with many of them the rate speaks for few. */
  readonly undetermined: Proportion;
};

/** Counts every class, also those that do not occur. */
export const countConsistencies = (verdicts: Iterable<Consistency>): ConsistencyCounts => {
  const counts = { consistent: 0, inconsistent: 0, undetermined: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
};

/** Inconsistent / (consistent + inconsistent), and the undetermined share. */
export const inconsistencyRate = ({ consistent, inconsistent, undetermined }: ConsistencyCounts): InconsistencyRate => {
  const decided = consistent + inconsistent;
  return { rate: proportion(inconsistent, decided), undetermined: proportion(undetermined, decided + undetermined) };
};
