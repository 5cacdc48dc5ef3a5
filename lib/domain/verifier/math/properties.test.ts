import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compareMath, sameExpression } from './math';
import { compareNumber } from './number';

// Any UTF-16 unit: the 'binary' of fast-check takes seconds to set up.
const anyUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

vi.setConfig({ testTimeout: 60_000 }); // thousands of comparisons, on a machine that may be busy

const whole = fc.integer({ min: -400, max: 400 });
const positive = fc.integer({ min: 1, max: 60 });
const same = (a: string, b: string): boolean => sameExpression(a, b);

const piece = fc.oneof(
  fc.constantFrom('\\frac{', '\\sqrt{', '\\boxed{', '}', '{', '(', ')', '[', ']', '|', '^', '_', '\\left(', '\\right)'),
  fc.constantFrom('x', 'y', 'pi', '2', '3.5', '1,234', '+', '-', '\\cdot ', '/', '=', '<', '\\le ', ',', ';', '\\pm '),
  fc.constantFrom(
    '\\cup ',
    '\\infty',
    '\\text{cm}',
    '\\sin ',
    '\\int ',
    'dx',
    '\\sum_{k=1}^{3}',
    '\\lim_{x\\to 0}',
    '!',
  ),
  fc.constantFrom(
    '\\begin{pmatrix}',
    '&',
    '\\\\',
    '\\end{pmatrix}',
    '°',
    '%',
    '$',
    'or ',
    'answer is ',
    '\u0000',
    '\ud800',
  ),
  fc.string({ unit: anyUnit, maxLength: 4 }),
);
const anything = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('any text', () => {
  test('gives a score of 0 or 1 and a sentence, and is equal to itself', () => {
    fc.assert(
      fc.property(anything, anything, (answer, truth) => {
        for (const compare of [compareMath, compareNumber]) {
          const { score, reason } = compare(answer, truth);
          expect([0, 1]).toContain(score);
          expect(reason).not.toBe('');
        }
        expect(compareMath(answer, answer).score).toBe(1);
      }),
      { numRuns: 3_000 },
    );
  });

  test('compared twice gives the same: no state is kept', () => {
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const first = compareMath(a, b);
        compareMath(c, b);
        expect(compareMath(a, b)).toEqual(first);
      }),
    );
  });
});

describe('one value in several writings', () => {
  test('fractions', () => {
    fc.assert(
      fc.property(whole, positive, positive, (a, b, k) => {
        const writings = [
          `\\frac{${a}}{${b}}`,
          `${a}/${b}`,
          `\\dfrac{${a * k}}{${b * k}}`,
          `\\frac{${a}}{${b}}\\cdot\\frac{${k}}{${k}}`,
        ];
        for (const x of writings) for (const y of writings) expect(same(x, y), `${x} and ${y}`).toBe(true);
        expect(same(`\\frac{${a}}{${b}}`, `\\frac{${a + 1}}{${b}}`)).toBe(false);
      }),
    );
  });

  test('decimals of fractions, and their neighbours', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(2, 4, 5, 8, 10, 20, 25, 40), (a, b) => {
        expect(same(String(a / b), `\\frac{${a}}{${b}}`)).toBe(true);
        expect(same(String(a / b + 0.001), `\\frac{${a}}{${b}}`)).toBe(false);
      }),
    );
  });

  test('sets in any order, tuples in one', () => {
    const members = fc.uniqueArray(whole, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(members, (items) => {
        const [forward, backward] = [items.join(', '), items.toReversed().join(',')];
        expect(same(`\\{${backward}\\}`, `\\{${forward}\\}`)).toBe(true);
        expect(same(`(${backward})`, `(${forward})`)).toBe(false);
        expect(same(`\\{${items.slice(1).join(',')}\\}`, `\\{${forward}\\}`)).toBe(false);
      }),
    );
  });

  test('products and their expansion', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const product = `(x + (${a}))(x + (${b}))`;
        expect(same(product, `x^2 + (${a + b})x + (${a * b})`)).toBe(true);
        expect(same(product, `x^2 + (${a + b})x + (${a * b + 1})`)).toBe(false);
      }),
    );
  });

  test('intervals and inequalities', () => {
    fc.assert(
      fc.property(whole, positive, fc.boolean(), fc.boolean(), (from, width, openFrom, openTo) => {
        const to = from + width;
        const interval = `${openFrom ? '(' : '['}${from}, ${to}${openTo ? ')' : ']'}`;
        const inequality = `${from} ${openFrom ? '<' : '\\le'} x ${openTo ? '<' : '\\le'} ${to}`;
        const other = `${from} ${openFrom ? '\\le' : '<'} x ${openTo ? '<' : '\\le'} ${to}`;
        expect(same(inequality, interval)).toBe(true);
        expect(same(interval, inequality)).toBe(true);
        expect(same(other, interval)).toBe(false);
      }),
    );
  });

  test('whole numbers are equal when their digits are', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        expect(same(String(a), String(b))).toBe(a === b);
        expect(same(`${a + 1n}`, String(a))).toBe(false);
        expect(compareNumber(`${a + 1n}`, String(a)).score).toBe(0);
      }),
    );
  });

  test('two expressions are equal both ways round', () => {
    const leaf = fc.constantFrom('x', 'y', '2', '3', '\\pi');
    const { tree } = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
      leaf,
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.tuple(tie('tree'), fc.constantFrom('+', '-', '\\cdot '), tie('tree')).map(([a, op, b]) => `(${a}${op}${b})`),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `\\frac{${a}}{${b}}`),
        tie('tree').map((a) => `\\sqrt{${a}}`),
      ),
    }));
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(same(a, b)).toBe(same(b, a));
      }),
    );
  });
});
