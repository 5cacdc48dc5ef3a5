import { describe, expect, test } from 'vitest';
import { compareMath } from './math';
import { compareNumber } from './number';

// Several times what is promised for an idle core: a busy machine is no fault, exponential time is.
const BOUND_MS = 500;
const ALGEBRA_BOUND_MS = 3_000;
const truths = ['x+1', '(1,2)', '\\{1,2,3\\}', '2^{100}', '[1.5, 2]'];

/** Milliseconds of this thread: what others do on the machine does not count. */
const cpuMs = (work: () => unknown): number => {
  const began = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1000;
};

/** The shortest of two runs, for an answer against several truths and itself, in milliseconds. */
const slowest = (answer: string): number =>
  Math.max(
    ...[...truths, answer, `${answer}+1`].flatMap((truth) =>
      [compareMath, compareNumber].map((compare) => {
        const times = [0, 1].map(() => cpuMs(() => compare(answer, truth)));
        return Math.min(...times);
      }),
    ),
  );

const fill = (unit: string): string => unit.repeat(Math.floor(1_990 / unit.length));

describe('an answer of one thing repeated', () => {
  const units = [
    ...[
      '|',
      '(',
      '[',
      '{',
      '\\{',
      '\\left(',
      '\\frac{',
      '\\frac',
      '\\sqrt{',
      '\\sqrt[',
      'x^{',
      '^',
      '_',
      'x_{',
      '!',
      '-',
    ],
    ...[
      '+',
      '1+',
      '1,',
      '1;',
      'x ',
      '1 or ',
      'x=',
      '1<',
      '\\pm 1,',
      '[1,2)\\cup',
      '\\begin{pmatrix}',
      '&',
      '\\\\',
      '1:',
    ],
    ...[
      '\\sum_{k=1}^{9}',
      '\\sum_{k=1}^{99}k+',
      '\\int',
      '\\int x dx,',
      '\\lim_{x\\to 0}',
      '\\text{',
      '\\sin^{',
      'f(',
      "'",
    ],
    ...[
      '°',
      '9^',
      '9^{9^{',
      '99!',
      'x!',
      '\\binom{9}{',
      '\\overline{',
      '\\boxed{',
      '\\boxed{1} ',
      '\\boxed{1},',
      'answer is ',
    ],
    ...[
      'wait ',
      '$',
      '$x$ ',
      '\\(',
      '\\[',
      '...',
      '\\',
      'é',
      '中',
      'e^{',
      '|x|',
      'x/',
      'x\\ne1,',
      '0.1+',
      'a_{b_',
      '√',
      '²',
    ],
  ];
  test.each(units.map((unit) => [unit]))('%j', (unit) => {
    expect(slowest(fill(unit))).toBeLessThan(BOUND_MS);
    expect(slowest(`${unit.repeat(20)}1`)).toBeLessThan(BOUND_MS);
  });
});

describe('an answer of huge numbers', () => {
  test.each([
    ['tower', '9^{9^{9^{9}}}'],
    ['plain tower', '9^9^9^9'],
    ['factorial', '1000000!'],
    ['factorials of factorials', '((((9!)!)!)!)!'],
    ['long sum', '\\sum_{k=1}^{10^9} k'],
    ['sums in sums', '\\sum_{i=1}^{400}\\sum_{j=1}^{400}\\sum_{k=1}^{400} ijk'],
    ['large powers', '2^{1200}\\cdot 3^{1000}\\cdot 7^{900}'],
    ['binomial', '\\binom{10000000}{5000000}'],
    ['digits', '123456789'.repeat(200)],
    ['exponent', '1e999999999'],
  ])('%s', (_name, answer) => {
    expect(slowest(answer)).toBeLessThan(BOUND_MS);
  });
});

test('sets inside sets, as deep as is read', () => {
  const nested = (inner: string): string => `${'\\{'.repeat(18)}${inner}${'\\}'.repeat(18)}`;
  const ms = cpuMs(() => {
    expect(compareMath(nested('x+1'), nested('1+x')).score).toBe(1);
    expect(compareMath(nested('x+1'), nested('x+2')).score).toBe(0);
  });
  expect(ms).toBeLessThan(BOUND_MS);
});

describe('what the engine is asked stays within its time', () => {
  compareMath('\\int_0^1 x dx', '\\frac12'); // the engine is made once in a process
  test.each([
    ['oscillating integral', '\\int_0^{1000000} \\frac{\\sin x}{x} dx'],
    ['integral without a form', '\\int \\frac{1}{x^9+x^7+1} dx'],
    ['nested integral', '\\int_0^1 \\sin(\\exp(x^9))^{9} dx'],
    ['limit of a tower', '\\lim_{x\\to\\infty} x^{x^x}'],
    ['derivative of a chain', '\\frac{d}{dx}\\sin(\\sin(\\sin(\\sin(x^9))))^9'],
    ['more integrals than are compared', '\\int x dx, '.repeat(40)],
  ])('%s', (_name, answer) => {
    expect(slowest(answer)).toBeLessThan(ALGEBRA_BOUND_MS);
  });
});
