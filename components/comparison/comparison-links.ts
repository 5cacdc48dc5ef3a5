/** Addresses out of a comparison. */
import type { Route } from 'next';
import { rolloutsOf } from '@/components/runs/rollout-links';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { formatSlices, type Narrow } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';

/** The rollouts of a slice, narrowed as the page is. */
export const sliceRollouts = (
  { runId, k, stage }: Slice,
  { set, kind }: Narrow,
  facets: Partial<Record<FacetName, readonly string[]>> = {},
): Route => rolloutsOf(runId, { facets: { iteration: [String(k)], stage: [stage], set, kind, ...facets } });

/** The comparison of slices; the first one is the baseline. */
export const compareHref = (slices: readonly Slice[], narrow?: Narrow): Route =>
  `/compare?${formatSlices(slices, narrow)}`;
