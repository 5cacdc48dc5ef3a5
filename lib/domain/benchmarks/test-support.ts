/** For tests only: cells by what matters to them. */
import type { BenchmarkCell } from './cell';

/** An evaluation 1 of ten rollouts of ten questions, all right and consistent, unless told otherwise. */
export const testCell = (over: Partial<BenchmarkCell> = {}): BenchmarkCell => ({
  k: 1,
  stage: 'eval',
  setId: '7b1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11',
  setName: 'videommmu',
  benchmark: 'video-mmmu',
  questions: 10,
  rollouts: 10,
  consistent: 10,
  inconsistent: 0,
  undetermined: 0,
  scored: 10,
  accuracySum: 10,
  accuracySquares: 10,
  judged: 10,
  rightConsistent: 10,
  correctedConsistency: 0,
  correctedAccuracy: 0,
  ...over,
});
