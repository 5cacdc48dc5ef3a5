/**
 * Mean relative accuracy as VSI-Bench's own expression computes it: `int((0.95 − 0.5) / 0.05 + 2)` points, which is 10
 * in floating point and not 11. See docs/decisions/mra-thresholds.md.
 */

const START = 0.5;
const STOP = 0.95;
const INTERVAL = 0.05;
const POINTS = Math.trunc((STOP - START) / INTERVAL + 2);

/** `1 − numpy.linspace(START, STOP, POINTS)`, in numpy's own order of operations: borders fall where they fall there. */
const tolerances: readonly number[] = Array.from(
  { length: POINTS },
  (_, i) => 1 - (i === POINTS - 1 ? STOP : i * ((STOP - START) / (POINTS - 1)) + START),
);

/**
 * In [0, 1], in tenths. The distance is divided by the truth as it stands, so that a negative truth is met by every
 * finite number; a truth of 0 is met by none (Python raises, and the published script scores 0). NaN meets nothing.
 */
export const meanRelativeAccuracy10 = (predicted: number, truth: number): number => {
  if (truth === 0) return 0;
  const distance = Math.abs(predicted - truth) / truth;
  return tolerances.filter((tolerance) => distance <= tolerance).length / POINTS;
};
