/** Complex numbers in double precision, principal branches. */

export type Complex = { readonly re: number; readonly im: number };

export const real = (re: number): Complex => ({ re, im: 0 });
export const undefinedValue: Complex = real(Number.NaN);
export const isDefined = ({ re, im }: Complex): boolean => Number.isFinite(re) && Number.isFinite(im);
export const size = ({ re, im }: Complex): number => Math.hypot(re, im);
export const isReal = (z: Complex): boolean => Math.abs(z.im) <= 1e-12 * Math.max(1, Math.abs(z.re));

export const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const subtract = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const negate = (a: Complex): Complex => ({ re: -a.re, im: a.im === 0 ? 0 : -a.im });

export const multiply = (a: Complex, b: Complex): Complex =>
  a.im === 0 && b.im === 0 ? real(a.re * b.re) : { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };

export const divide = (a: Complex, b: Complex): Complex => {
  if (b.im === 0) return { re: a.re / b.re, im: a.im === 0 ? 0 : a.im / b.re };
  const norm = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm };
};

export const exp = (z: Complex): Complex => {
  const scale = Math.exp(z.re);
  return z.im === 0 ? real(scale) : { re: scale * Math.cos(z.im), im: scale * Math.sin(z.im) };
};

export const ln = (z: Complex): Complex => ({ re: Math.log(size(z)), im: Math.atan2(z.im, z.re) });

export const power = (base: Complex, exponent: Complex): Complex => {
  if (exponent.im === 0 && base.im === 0) {
    const value = base.re ** exponent.re;
    if (base.re >= 0 || Number.isInteger(exponent.re)) return real(value);
  }
  if (base.re === 0 && base.im === 0) return exponent.re > 0 ? real(0) : undefinedValue;
  return exp(multiply(exponent, ln(base)));
};

export const sqrt = (z: Complex): Complex => (z.im === 0 && z.re >= 0 ? real(Math.sqrt(z.re)) : power(z, real(0.5)));

const i: Complex = { re: 0, im: 1 };

export const sin = (z: Complex): Complex =>
  z.im === 0 ? real(Math.sin(z.re)) : { re: Math.sin(z.re) * Math.cosh(z.im), im: Math.cos(z.re) * Math.sinh(z.im) };

export const cos = (z: Complex): Complex =>
  z.im === 0 ? real(Math.cos(z.re)) : { re: Math.cos(z.re) * Math.cosh(z.im), im: -Math.sin(z.re) * Math.sinh(z.im) };

export const arctan = (z: Complex): Complex => {
  if (z.im === 0) return real(Math.atan(z.re));
  const iz = multiply(i, z);
  return multiply({ re: 0, im: -0.5 }, subtract(ln(add(real(1), iz)), ln(subtract(real(1), iz))));
};

export const arcsin = (z: Complex): Complex => {
  if (z.im === 0 && Math.abs(z.re) <= 1) return real(Math.asin(z.re));
  const inner = add(multiply(i, z), sqrt(subtract(real(1), multiply(z, z))));
  return multiply({ re: 0, im: -1 }, ln(inner));
};
