/**
 * Regression: mean relative accuracy over the 11 thresholds of `numpy.linspace(0.5, 0.95, 11)`, as VSI-Bench's
 * reference computes it.
 */

import { readNumber } from '@/lib/domain/verifier/math/number-text';
import type { AnswerScore } from './answer-score';

const POINTS = 11;
const START = 0.5;
const STOP = 0.95;

/** numpy's own arithmetic (`start + i·step`, the last point set to `stop`), so that borders fall as there. */
const tolerances: readonly number[] = Array.from(
  { length: POINTS },
  (_, i) => 1 - (i === POINTS - 1 ? STOP : START + i * ((STOP - START) / (POINTS - 1))),
);

/** Mean relative accuracy in [0, 1]. A truth of 0 is met by 0 only; a negative truth counts by its size. */
export const meanRelativeAccuracy = (predicted: number, truth: number): number => {
  if (truth === 0) return predicted === 0 ? 1 : 0;
  const distance = Math.abs(predicted - truth) / Math.abs(truth);
  return tolerances.filter((tolerance) => distance <= tolerance).length / POINTS;
};

/** Scores a numeric answer; an answer without one readable number scores 0. */
export const compareRegression = (answer: string, truth: string): AnswerScore => {
  const wanted = readNumber(truth);
  const found = readNumber(answer);
  if (!wanted) return { score: 0, reason: 'The reference answer is not a number' };
  if (!found) return { score: 0, reason: 'No single number in the answer' };
  const score = meanRelativeAccuracy(found.value, wanted.value);
  return { score, reason: `Mean relative accuracy ${score.toFixed(3)}: ${found.value} against ${wanted.value}` };
};
