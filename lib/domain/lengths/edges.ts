/** Where the bins of a histogram begin and end: whole lengths, the same for all that one chart overlays. */
import { type LengthCounts, quantilesOf } from './counts';
import type { LengthScale } from './selection';

/** 1, 2 or 5 times a power of ten, and at least 1. */
const roundWidth = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => width >= least) ?? 10 * power;
};

/** A tail is cut off where the longest exceeds the 99th percentile by this factor: it would squeeze the rest. */
const TAIL = 1.5;

/** The longest length that a linear histogram of these counts shows. */
const endOf = (counts: LengthCounts): number => {
  const [p99 = 0] = quantilesOf(counts, [0.99]);
  const longest = counts.at(-1)?.length ?? 0;
  return longest > TAIL * Math.max(1, p99) ? p99 : longest;
};

const linearEdges = (counts: LengthCounts, most: number): number[] => {
  const [first, last] = [counts[0]?.length ?? 0, endOf(counts)];
  let width = roundWidth((last - first + 1) / most);
  // Bins begin at multiples of their width, which may take one more.
  while (Math.floor(last / width) - Math.floor(first / width) + 1 > most) width = roundWidth(width + 1);
  const from = Math.floor(first / width);
  return Array.from({ length: Math.floor(last / width) - from + 2 }, (_, at) => (from + at) * width);
};

const logEdges = (counts: LengthCounts, most: number): number[] => {
  const positive = counts.filter(({ length }) => length > 0);
  const [low, high] = [positive[0]?.length ?? 1, (positive.at(-1)?.length ?? 1) + 1];
  const factor = (high / low) ** (1 / most);
  const raw = Array.from({ length: most + 1 }, (_, at) => Math.round(low * factor ** at));
  // The first bin takes lengths of 0 too, which have no logarithm.
  return [...new Set([counts[0]?.length === 0 ? 0 : low, ...raw.slice(1, -1), high])].sort((a, b) => a - b);
};

/**
 * At most `most` bins over all of these counts; edge `i + 1` is the first length that bin `i` does not hold. Linear bins
 * are equally wide and end at the 99th percentile where a long tail would squeeze them; log bins grow by one factor, as far
 * as whole lengths allow, and reach the longest. Empty for no counts. `most` is at least 2.
 */
export const lengthEdges = (counts: LengthCounts, scale: LengthScale, most: number): number[] => {
  if (counts.length === 0) return [];
  return scale === 'linear' ? linearEdges(counts, most) : logEdges(counts, most);
};
