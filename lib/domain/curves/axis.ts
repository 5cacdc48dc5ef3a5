/** Ends of the axes: round and coarse, so that a point more moves nothing until it has to. */

const clean = (value: number): number => Number(value.toPrecision(12));

/** The smallest of 1, 2, 5 times a power of ten that is at least `size`. */
const roundStep = (size: number): number => {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find((step) => step * power >= size * (1 - 1e-9)) ?? 10) * power;
};

type Bounds = { readonly least?: number; readonly most?: number; readonly span: number };

/**
 * Round ends around the values, at least `span` apart, within `least` and `most`. They are multiples of a fifth or so
 * of what the values spread over.
 */
export const stableEnds = (
  values: readonly number[],
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, span }: Bounds,
): readonly [number, number] => {
  const there = values.filter(Number.isFinite);
  const low = there.reduce((a, b) => Math.min(a, b), there[0] ?? Math.max(0, least));
  const high = there.reduce((a, b) => Math.max(a, b), there[0] ?? Math.max(0, least));
  const middle = (low + high) / 2;
  const [from, to] = [Math.min(low, middle - span / 2), Math.max(high, middle + span / 2)];
  const step = roundStep((to - from) / 5);
  const ends = [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step] as const;
  return [clean(Math.max(least, ends[0])), clean(Math.min(most, ends[1]))];
};
