/** Expressions written in two ways, and near misses. */
import { frac, oneOf, oneString, signed, type Write } from './class-parts';

export const algebraClasses: Readonly<Record<string, Write>> = {
  'square roots': (random, equal) => {
    const [k, n] = [random.whole(2, 9), random.pick([2, 3, 5, 6, 7, 10])];
    return [
      `${k}\\sqrt{${n}}`,
      equal
        ? random.pick([`\\sqrt{${k * k * n}}`, `\\sqrt{${n}} \\cdot ${k}`])
        : random.pick([`\\sqrt{${k * n}}`, `${k}\\sqrt{${n + 1}}`]),
    ];
  },
  'rationalised denominators': (random, equal) => {
    const n = random.pick([2, 3, 5, 7, 11]);
    const a = random.whole(1, 9);
    return [frac(a, `\\sqrt{${n}}`), frac(`${a}\\sqrt{${n}}`, equal ? n : n + 1)];
  },
  'other roots': (random, equal) => {
    const [base, degree] = [random.whole(2, 6), random.pick([3, 4])];
    return [String(equal ? base : base + 1), `\\sqrt[${degree}]{${base ** degree}}`];
  },
  'roots in expressions': (random, equal) => {
    const [a, n] = [random.whole(1, 9), random.pick([2, 3, 5, 7])];
    return oneOf(random, [
      [`${a} + \\sqrt{${n}}`, equal ? `\\sqrt{${n}} + ${a}` : `${a} - \\sqrt{${n}}`],
      [
        frac(`${a} + \\sqrt{${n}}`, 2),
        equal ? `${frac(a, 2)} + ${frac(`\\sqrt{${n}}`, 2)}` : `${frac(a, 2)} + \\sqrt{${n}}`,
      ],
      [`\\sqrt{${a * a + n} + 2 \\cdot ${a}\\sqrt{${n}}}`, equal ? `${a} + \\sqrt{${n}}` : `${a + 1} + \\sqrt{${n}}`],
    ]);
  },
  powers: (random, equal) => {
    const [base, exponent] = [random.whole(2, 12), random.whole(2, 5)];
    return [`${base}^{${exponent}}`, String(base ** exponent + (equal ? 0 : random.pick([1, -1, base])))];
  },
  'negative powers': (random, equal) => {
    const n = random.whole(1, 5);
    return oneOf(random, [
      [`10^{-${n}}`, (10 ** -(equal ? n : n + 1)).toFixed(n + 1)],
      [frac(1, `x^{${n}}`), `x^{-${equal ? n : n + 1}}`],
      [`2^{-${n}}`, frac(1, equal ? 2 ** n : 2 * n + 1)],
    ]);
  },
  coefficients: (random, equal) => {
    const b = random.pick([2, 4, 5]);
    const a = random.whole(1, 9);
    return [
      `${frac(a, b)}x`,
      equal ? oneString(random, [frac(`${a}x`, b), `${a / b}x`, `${frac(a, b)} \\cdot x`]) : frac(`${a + 1}x`, b),
    ];
  },
  'pi and e': (random, equal) => {
    const [a, b] = [random.whole(1, 12), random.whole(2, 12)];
    const name = random.pick(['\\pi', 'e']);
    return [
      frac(`${a}${name}`, b),
      equal ? random.pick([`${frac(a, b)}${name}`, `\\frac{${name}}{${b}} \\cdot ${a}`]) : `${frac(a, b + 1)}${name}`,
    ];
  },
  trigonometry: (random, equal) => {
    const x = random.pick(['x', '\\theta', 'y']);
    const [truth, same, other] = oneOf(random, [
      [`\\sin^2 ${x} + \\cos^2 ${x}`, '1', '2'],
      [`2\\sin ${x}\\cos ${x}`, `\\sin(2${x})`, `\\sin ${x}`],
      [`\\tan ${x}`, frac(`\\sin ${x}`, `\\cos ${x}`), frac(`\\cos ${x}`, `\\sin ${x}`)],
      [`\\cos(2${x})`, `1 - 2\\sin^2 ${x}`, `1 - 2\\cos^2 ${x}`],
      ['\\sin\\frac{\\pi}{6}', frac(1, 2), '\\frac{\\sqrt{3}}{2}'],
      ['\\cos\\frac{\\pi}{4}', '\\frac{\\sqrt{2}}{2}', frac(1, 2)],
    ]);
    return [truth, equal ? same : other];
  },
  logarithms: (random, equal) => {
    const [a, b, k] = [random.whole(2, 9), random.whole(2, 9), random.whole(2, 6)];
    const [truth, same, other] = oneOf(random, [
      [`\\ln ${a * b}`, `\\ln ${a} + \\ln ${b}`, `\\ln ${a} \\cdot \\ln ${b}`],
      [`\\log_{${a}} ${a ** k}`, String(k), String(k + 1)],
      [`${k}\\ln ${a}`, `\\ln ${a ** k}`, `\\ln ${a * k}`],
      [`e^{${k}\\ln ${a}}`, String(a ** k), String(a * k + 1)],
    ]);
    return [truth, equal ? same : other];
  },
  'logarithms of quotients': (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.whole(10, 19)];
    return [`\\ln\\frac{${a}}{${b}}`, equal ? `\\ln ${a} - \\ln ${b}` : `\\ln ${b} - \\ln ${a}`];
  },
  exponentials: (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.whole(2, 9)];
    return oneOf(random, [
      [`e^{${a}x}`, equal ? `(e^x)^{${a}}` : `e^{x^${a}}`],
      [`e^{${a}}e^{${b}}`, equal ? `e^{${a + b}}` : `e^{${a * b + 1}}`],
      [`${a}e^{-${b}x}`, equal ? frac(a, `e^{${b}x}`) : frac(1, `${a}e^{${b}x}`)],
    ]);
  },
  'polynomials expanded': (random, equal) => {
    const [a, b] = [random.whole(-9, 9) || 4, random.whole(-9, 9) || 3];
    return [`(x ${signed(a)})(x ${signed(b)})`, `x^2 ${signed(a + b)}x ${signed(a * b + (equal ? 0 : 1))}`];
  },
  'polynomials in another order': (random, equal) => {
    const [a, b, c] = [random.whole(2, 9), random.whole(2, 9), random.whole(1, 30)];
    return [`${a}x^2 + ${b}xy - ${c}`, equal ? `-${c} + ${b}yx + ${a}x^2` : `${c} + ${b}xy + ${a}x^2`];
  },
  'rational functions': (random, equal) => {
    const a = random.whole(2, 9);
    return [`x + ${a}`, frac(`x^2 - ${a * a}`, equal ? `x - ${a}` : `x + ${a}`)];
  },
  'other variables': (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.whole(1, 9)];
    return [`${a}x + ${b}`, equal ? `${b} + ${a}x` : `${a}y + ${b}`];
  },
  'subscripts and Greek letters': (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.pick(['\\alpha', '\\beta', '\\lambda', 'x_1', 'a_n', 'v_0'])];
    return [`${a}${b} + 1`, equal ? `1 + ${a} ${b}` : `${a + 1}${b} + 1`];
  },
  'plain text expressions': (random, equal) => {
    const [a, b] = [random.whole(2, 9), random.whole(2, 9)];
    const n = equal ? b : b + 1;
    return oneOf(random, [
      [`${a}\\sqrt{${b}}`, `${a}*sqrt(${n})`],
      [frac('x + 1', b), `(x+1)/${n}`],
      [`x^{${b}}`, `x^${n}`],
      [`${a}\\pi`, `${equal ? a : a + 1}π`],
    ]);
  },
  'complex numbers': (random, equal) => {
    const [a, b] = [random.whole(-9, 9), random.whole(2, 9)];
    return [`${a} + ${b}i`, equal ? `${b}i ${signed(a)}` : `${a} - ${b}i`];
  },
  'factorials and binomials': (random, equal) => {
    const n = random.whole(4, 9);
    const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
    return oneOf(random, [
      [String(factorial(n)), `${equal ? n : n - 1}!`],
      [`\\binom{${n}}{2}`, String((n * (n - 1)) / 2 + (equal ? 0 : 1))],
    ]);
  },
  'absolute values': (random, equal) => {
    const a = random.whole(2, 9);
    return oneOf(random, [
      [String(a), `|${equal ? -a : -a - 1}|`],
      [`|x - ${a}|`, equal ? `|${a} - x|` : `|${a} + x|`],
    ]);
  },
  'sums and integrals': (random, equal) => {
    const n = random.whole(2, 9);
    return oneOf(random, [
      [String((n * (n + 1)) / 2 + (equal ? 0 : 1)), `\\sum_{k=1}^{${n}} k`],
      [frac(1, n + 1), `\\int_0^1 x^{${equal ? n : n + 1}} \\, dx`],
    ]);
  },
};
