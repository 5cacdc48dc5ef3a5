/** The trend of a curve: trailing means, weighted by how many rollouts stand behind each step. */
import type { CurvePoint, Sums } from './curve';

export type Measure = 'accuracy' | 'tokens';

export const noSums: Sums = { n: 0, sum: 0, squares: 0 };

/** Of disjoint rollouts. */
export const addSums = (a: Sums, b: Sums): Sums => ({
  n: a.n + b.n,
  sum: a.sum + b.sum,
  squares: a.squares + b.squares,
});

/**
 * What each point and those before it add up to, over the last `span` steps that have rollouts, its own included. A
 * point that alone covers as many stays as it is.
 */
export const trailingSums = (points: readonly CurvePoint[], measure: Measure, span: number): Sums[] =>
  points.map((point, at) => {
    let sums = point[measure];
    let steps = point.steps;
    for (let back = at - 1; back >= 0; back--) {
      const before = points[back];
      if (!before || steps + before.steps > span) break;
      steps += before.steps;
      sums = addSums(sums, before[measure]);
    }
    return sums;
  });

const meanOf = ({ n, sum }: Sums): number | null => (n === 0 ? null : sum / n);

/** Means over the first and the last points that cover at least `span` steps, or all of them; null where nothing counts. */
export const endsOfCurve = (
  points: readonly CurvePoint[],
  measure: Measure,
  span: number,
): { readonly first: number | null; readonly last: number | null } => {
  const over = (ordered: readonly CurvePoint[]): number | null => {
    let [sums, steps] = [noSums, 0];
    for (const point of ordered) {
      if (steps >= span) break;
      sums = addSums(sums, point[measure]);
      steps += point.steps;
    }
    return meanOf(sums);
  };
  return { first: over(points), last: over(points.toReversed()) };
};
