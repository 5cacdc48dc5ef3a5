/**
 * Length against accuracy within a question: hard questions are thought about longer and answered worse, which says
 * nothing about thinking longer. Only groups that hold right and wrong rollouts say something here.
 */
import { z } from 'zod';
import { Z } from '@/lib/domain/stats/proportion';

const count = z.int().nonnegative();

/** Sums over groups with right and wrong rollouts; `s` is of centred values within each group. */
export const withinSumsSchema = z.object({
  /** Groups, and those of them where the right are longer on average, shorter, and just as long. */
  groups: count,
  longer: count,
  shorter: count,
  tied: count,
  /** Over groups: of Sxy, Sxx, Sxy², SxySxx and Sxx², with x = log₂ of the length (of 1 at least) and y = 1 for right. */
  xy: z.number(),
  xx: z.number(),
  xy2: z.number(),
  xyxx: z.number(),
  xx2: z.number(),
});
export type WithinSums = z.infer<typeof withinSumsSchema>;

/** Doublings in a tenth more: lengths on one question seldom differ by a factor of two, and effects are told as far as they reach. */
export const TENTH_MORE = Math.log2(1.1);

export type WithinSlope = { readonly perDoubling: number; readonly low: number; readonly high: number };

/**
 * How accuracy moves with twice the thinking on the same question: least squares with an intercept for each group,
 * β = ΣSxy / ΣSxx, and a 95 % interval from errors clustered by group, Var β = Σ(Sxy − β Sxx)² / (ΣSxx)² · G/(G − 1). Null
 * with fewer than two groups, or where lengths do not differ.
 *
 * Source: M. Arellano, Oxford Bulletin of Economics and Statistics 49 (1987) 431–434.
 */
export const withinSlope = ({ groups, xy, xx, xy2, xyxx, xx2 }: WithinSums): WithinSlope | null => {
  if (groups < 2 || xx <= 0) return null;
  const slope = xy / xx;
  // Rounding may leave a sum of squares a hair below zero.
  const squares = Math.max(0, xy2 - 2 * slope * xyxx + slope ** 2 * xx2);
  const reach = (Z * Math.sqrt((squares * groups) / (groups - 1))) / xx;
  return { perDoubling: slope, low: slope - reach, high: slope + reach };
};
