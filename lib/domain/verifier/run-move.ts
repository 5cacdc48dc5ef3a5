/** When a run may move to another verifier version. */
import type { IterationState } from '@/lib/domain/run';

type Turn = { readonly k: number; readonly state: IterationState };

const reasons: Partial<Record<IterationState, string>> = {
  grpo: 'is exploring with rewards of the present version',
  curate: 'has its pairs proposed under the present version, and its gate counts them',
};

/**
 * Why the run has to stay on its version, for people; null when it may move. What is verified or evaluated is decided
 * anew before the loop goes on, and DPO reads a frozen set: those stages do not mind.
 */
export const whyRunStays = (iterations: readonly Turn[]): string | null => {
  for (const { k, state } of iterations) {
    const reason = reasons[state];
    if (reason !== undefined)
      return `Iteration ${k} ${reason}: move the run when that is over, or cancel the iteration`;
  }
  return null;
};
