/** Numbers written in two ways, and near misses. */
import { frac, oneString, thousands, type Write } from './class-parts';

export const numberClasses: Readonly<Record<string, Write>> = {
  'whole numbers': (random, equal) => {
    const n = random.whole(-5_000, 99_999);
    return [
      String(n),
      random.pick([`${equal ? n : n + 1}`, `$${equal ? n : n - 1}$`, `\\boxed{${equal ? n : -n - 1}}`]),
    ];
  },
  'thousands separators': (random, equal) => {
    const n = random.whole(1_000, 9_999_999);
    return [String(n), thousands(equal ? n : n + random.pick([1, 10, 1_000]), random.pick([',', '{,}']))];
  },
  decimals: (random, equal) => {
    const n = random.whole(1, 99_999);
    const text = (n / 100).toFixed(2);
    return [
      text,
      equal
        ? random.pick([`${text}0`, text.replace(/^0/, ''), `+${text}`])
        : ((n + random.pick([3, 10, -7])) / 100).toFixed(2),
    ];
  },
  'decimals of fractions': (random, equal) => {
    const [a, b] = [random.whole(1, 60), random.pick([2, 4, 5, 8, 10, 20, 25])];
    return [frac(a, b), String((equal ? a : a + 1) / b)];
  },
  'long decimals of fractions': (random, equal) => {
    const [a, b] = [random.whole(1, 40), random.pick([3, 6, 7, 9, 11, 13])];
    const value = a / b + (equal ? 0 : random.pick([1e-3, -2e-4, 5e-5]));
    return [frac(a, b), value.toFixed(8)];
  },
  'fractions in other styles': (random, equal) => {
    const [a, b] = [random.whole(-30, 60), random.whole(2, 30)];
    const c = equal ? a : a + random.pick([1, -1, 2]);
    return [
      frac(a, b),
      random.pick([
        `${c}/${b}`,
        `\\dfrac{${c}}{${b}}`,
        `\\tfrac{${c}}{${b}}`,
        `${c < 0 ? '-' : ''}${frac(Math.abs(c), b)}`,
      ]),
    ];
  },
  'fractions not reduced': (random, equal) => {
    const [a, b, k] = [random.whole(1, 20), random.whole(2, 20), random.whole(2, 9)];
    return [frac(a, b), frac(a * k, b * k + (equal ? 0 : 1))];
  },
  'mixed numbers': (random, equal) => {
    const [whole, b] = [random.whole(1, 12), random.whole(2, 9)];
    const a = random.whole(1, b - 1);
    return [frac(whole * b + a, b), equal ? `${whole}${frac(a, b)}` : `${whole + 1}${frac(a, b)}`];
  },
  'large whole numbers': (random, equal) => {
    const [base, exponent] = [random.pick([2, 3, 7]), random.whole(60, 90)];
    return [`${base}^{${exponent}}`, String(BigInt(base) ** BigInt(exponent) + (equal ? 0n : 1n))];
  },
  'scientific notation': (random, equal) => {
    const [mantissa, exponent] = [random.whole(11, 99) / 10, random.whole(-6, 9)];
    const other = equal ? exponent : exponent + random.pick([1, -1]);
    return [
      `${mantissa} \\times 10^{${exponent}}`,
      random.pick([`${mantissa}\\cdot 10^{${other}}`, Number(`${mantissa}e${other}`).toFixed(Math.max(0, 1 - other))]),
    ];
  },
  percent: (random, equal) => {
    const n = random.whole(1, 99);
    return [
      `${n}\\%`,
      random.pick([`${equal ? n : n + 1}\\%`, frac(equal ? n : n + 1, 100), String((equal ? n : n + 1) / 100)]),
    ];
  },
  units: (random, equal) => {
    const n = random.whole(2, 900);
    const unit = random.pick(['cm', 'kg', 'm', 'seconds', 'm/s', 'km', 'hours']);
    return [
      String(n),
      random.pick([`${equal ? n : n + 1}\\text{ ${unit}}`, `${equal ? n : n + 2} \\, \\mathrm{${unit}}`]),
    ];
  },
  currency: (random, equal) => {
    const n = random.whole(2, 9_000);
    return [String(n), `\\$${equal ? n : n + 5}`];
  },
  degrees: (random, equal) => {
    const n = random.whole(1, 360);
    return [`${n}^\\circ`, random.pick([`${equal ? n : n + 1}`, `${equal ? n : n + 1}^{\\circ}`])];
  },
  'minus signs in fractions': (random, equal) => {
    const [a, b] = [random.whole(1, 20), random.whole(2, 20)];
    return [
      `-${frac(a, b)}`,
      equal
        ? oneString(random, [frac(-a, b), frac(a, -b), `-(${a}/${b})`])
        : oneString(random, [frac(a, b), `-${frac(b + a, a)}`]),
    ];
  },
};
