/** Which slice stands for a whole iteration or a whole run where those are compared. */
import { type Stage, stages } from '@/lib/domain/rollout';
import type { Slice } from './slice';

/** Evaluations ask held-out questions greedily: they are what iterations are compared by; else the latest stage. */
const rank = (stage: Stage): number => (stage === 'eval' ? stages.length : stages.indexOf(stage));

/** For each iteration among the slices of one run, in order of k: its evaluation, else its last stage with rollouts. */
export const slicesOfIterations = <S extends Slice>(slices: readonly S[]): S[] =>
  [...Map.groupBy(slices, ({ k }) => k)]
    .sort(([a], [b]) => a - b)
    .flatMap(([, own]) => own.toSorted((a, b) => rank(b.stage) - rank(a.stage)).slice(0, 1));

/** For a run: what stands for its newest iteration with rollouts. */
export const sliceOfRun = <S extends Slice>(slices: readonly S[]): S | undefined => slicesOfIterations(slices).at(-1);
