/** The standard normal distribution, forwards and backwards. */

/**
 * Φ(z), the probability of a value up to z. By the continued fraction or the power series of the error function,
 * whichever converges: right to about 1e-14.
 *
 * Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.2.11 and 26.2.14.
 */
export const normalCdf = (z: number): number => {
  if (Number.isNaN(z)) return Number.NaN;
  const x = Math.abs(z);
  if (x > 38) return z > 0 ? 1 : 0;
  const density = Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 4) {
    let [term, sum] = [x, x];
    for (let n = 3; Math.abs(term) > sum * 1e-17 && n < 400; n += 2) {
      term *= x ** 2 / n;
      sum += term;
    }
    return z > 0 ? 0.5 + density * sum : 0.5 - density * sum;
  }
  let fraction = x;
  for (let n = 60; n > 0; n -= 1) fraction = x + n / fraction;
  const tail = density / fraction;
  return z > 0 ? 1 - tail : tail;
};

/** Coefficients by P. J. Acklam; relative error below 1.2e-9 before the refinement. */
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const LOW = 0.02425;

const roughQuantile = (p: number): number => {
  if (p < LOW) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }
  if (p > 1 - LOW) return -roughQuantile(1 - p);
  const q = p - 0.5;
  return (polynomial(A, q ** 2) * q) / polynomial(B, q ** 2);
};

/**
 * Φ⁻¹(p): the value that a share p of a standard normal distribution lies below; −∞ and ∞ at 0 and 1. Acklam's rational
 * approximation with one step of Halley's method, which makes it right to about 1e-13.
 */
export const normalQuantile = (p: number): number => {
  if (!(p > 0)) return -Infinity;
  if (!(p < 1)) return Infinity;
  const z = roughQuantile(p);
  const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp(z ** 2 / 2);
  return z - error / (1 + (z * error) / 2);
};
