/** Addresses of the rollouts behind a number of the overview. */
import type { Route } from 'next';
import { emptyFilter, type FacetName, formatRolloutFilter } from '@/lib/domain/rollouts/filter';

type Narrow = {
  readonly facets?: Partial<Record<FacetName, readonly string[]>>;
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  readonly question?: string;
  /** The step of the policy that sampled. */
  readonly step?: number;
};

/** The list of rollouts of a run (or of all runs), narrowed; one row per rollout. */
export const rolloutsOf = (
  runId: string | null,
  { facets, lengthMin, lengthMax, question, step }: Narrow = {},
): Route => {
  const params = formatRolloutFilter({
    ...emptyFilter,
    run: runId === null ? [] : [runId],
    question: question === undefined ? [] : [question],
    step: step === undefined ? [] : [String(step)],
    facets: { ...emptyFilter.facets, ...facets },
    lengthMin: lengthMin ?? null,
    lengthMax: lengthMax ?? null,
  });
  return `/rollouts?${params}`;
};

/** The rollouts of a question set, of all runs. */
export const rolloutsOfSet = (setId: string): Route => rolloutsOf(null, { facets: { set: [setId] } });
