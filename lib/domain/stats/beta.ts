/** Draws from beta distributions: what a share may be, given what was counted. Seeded, so that figures stand still. */

/** A source of numbers in (0, 1). */
export type Uniform = () => number;

/** Standard normal, by the polar form of Box and Muller. */
const normal = (uniform: Uniform): number => {
  for (;;) {
    const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
};

/** Gamma of this shape and scale 1. Source: G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000) 363–372. */
const gamma = (shape: number, uniform: Uniform): number => {
  if (shape < 1) return gamma(shape + 1, uniform) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(uniform);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
};

/** One draw from the beta distribution with these parameters, both above 0; in [0, 1]. */
export const drawBeta = (a: number, b: number, uniform: Uniform): number => {
  const [x, y] = [gamma(a, uniform), gamma(b, uniform)];
  // Both may underflow for tiny shapes: then nothing is known between the ends.
  return x + y === 0 ? 0.5 : x / (x + y);
};
