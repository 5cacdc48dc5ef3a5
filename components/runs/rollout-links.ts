/** Addresses of the rollouts behind a number of the overview. */
import type { Route } from 'next';
import { emptyFilter, type FacetName, formatRolloutFilter } from '@/lib/domain/rollouts/filter';

type Narrow = {
  readonly facets?: Partial<Record<FacetName, readonly string[]>>;
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  readonly wordsMin?: number;
  readonly wordsMax?: number;
  readonly sentencesMin?: number;
  readonly sentencesMax?: number;
  readonly question?: string;
  /** The step of the policy that sampled. */
  readonly step?: number;
  /** The same as a range, both ends included. */
  readonly stepMin?: number;
  readonly stepMax?: number;
  /** Files or senders that they came from. */
  readonly source?: readonly string[];
};

/** The list of rollouts of a run (of several, or of all), narrowed; one row per rollout. */
export const rolloutsOf = (
  runId: string | readonly string[] | null,
  { facets, question, step, source, ...ranges }: Narrow = {},
): Route => {
  const params = formatRolloutFilter({
    ...emptyFilter,
    run: runId === null ? [] : [runId].flat(),
    question: question === undefined ? [] : [question],
    source: source ?? [],
    step: step === undefined ? [] : [String(step)],
    facets: { ...emptyFilter.facets, ...facets },
    ...ranges,
  });
  return `/rollouts?${params}`;
};

/** The rollouts of a question set, of all runs. */
export const rolloutsOfSet = (setId: string): Route => rolloutsOf(null, { facets: { set: [setId] } });
