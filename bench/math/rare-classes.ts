/** Forms that math_verify does not read, or reads by another rule: fewer pairs, so that the agreement says what it should. */
import { frac, oneOf, type Write } from './class-parts';

export const rareClasses: Readonly<Record<string, Write>> = {
  'rounded decimals': (random, equal) => {
    const b = random.pick([3, 7, 9, 11, 13]);
    const a = b * random.whole(0, 3) + random.whole(1, b - 1);
    return equal ? [(a / b).toFixed(2), frac(a, b)] : [frac(a, b), (a / b).toFixed(2)];
  },
  'units converted': (random, equal) => {
    const n = random.whole(2, 900);
    const [small, large, factor] = random.pick<readonly [string, string, number]>([
      ['cm', 'm', 100],
      ['g', 'kg', 1000],
      ['m', 'km', 1000],
      ['mm', 'cm', 10],
    ]);
    return [`${n} \\text{ ${large}}`, `${equal ? n * factor : n} \\text{ ${small}}`];
  },
  'repeating decimals': (random, equal) => {
    const n = random.whole(1, 8);
    return [frac(n, 9), `0.\\overline{${equal ? n : n + 1}}`];
  },
  'complex numbers to simplify': (random, equal) => {
    const b = random.whole(2, 9);
    return oneOf(random, [
      [`(1 + ${b}i)^2`, equal ? `${1 - b * b} + ${2 * b}i` : `${1 + b * b} + ${2 * b}i`],
      ['e^{i\\pi}', equal ? '-1' : '1'],
      [`3 + ${b}i`, equal ? `3 + ${b}\\mathrm{i}` : `3 - ${b}\\mathrm{i}`],
    ]);
  },
  'powers with two stars': (random, equal) => {
    const n = random.whole(2, 9);
    return [`x^{${n}}`, `x**${equal ? n : n + 1}`];
  },
};
