/** The curriculum's rule: most of the questions that every rollout answers right teach nothing more. */
import { drawIds } from './draw';

/**
 * Which of the too easy questions the next iterations leave out: `share` of them in [0, 1], rounded to the nearest
 * whole question, half up. The same questions and seed give the same ones, whatever their order.
 */
export const questionsToDrop = (easyIds: readonly string[], share: number, seed: number): string[] => {
  const distinct = new Set(easyIds).size;
  // 0.7 * 15 is 10.499999999999998: without the nudge it would round down from a half.
  return drawIds(easyIds, Math.floor(distinct * share + 0.5 + 1e-9), seed);
};
