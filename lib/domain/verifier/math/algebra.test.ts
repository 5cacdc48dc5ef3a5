import { expect, test } from 'vitest';
import { closedForm, isAffordable, sameExactly } from './algebra';
import { parseMath } from './parse';
import { written } from './written-tree';

const treeOf = (text: string) => parseMath(text) ?? expect.unreachable(text);

test.each([
  ['x+1', '(Add x 1)'],
  ['\\int x dx', '(Multiply (Divide 1 2) (Power x 2))'],
  ['\\int_0^1 x^2 dx', '(Divide 1 3)'],
  ['\\frac{d}{dx}x^3', '(Multiply 3 (Power x 2))'],
  ['\\lim_{x\\to 0}\\frac{\\sin x}{x}', '1'],
  ['(1,2)', undefined],
  ['\\int f(x) dx', undefined],
  ['\\text{a}', 'a'],
  ['1+\\int_0^1 x dx', '(Divide 3 2)'],
  ['\\int_0^1 x^{1201} dx', undefined],
  ['\\int_0^1 201! x dx', undefined],
  ['\\int_0^1 1.5e3 x dx', undefined],
  ['\\int_0^1\\binom52 x dx', undefined],
])('%s in closed form', (text, expected) => {
  const closed = closedForm(treeOf(text));
  expect(closed && written(closed)).toBe(expected);
});

test.each([
  ['2^{100}', '2^{100}', true],
  ['2^{100}', '2^{100}+1', false],
  ['2^{1201}', '3', true],
  ['2^{1200}', '3', false],
  ['201!', '3', true],
  ['200!', '3', false],
  ['\\binom{5}{2}', '3', true],
  ['1e5', '3', true],
  ['\\text{a}', '3', false],
])('%s and %s to the last digit, where they can be told: %s', (a, b, expected) => {
  expect(sameExactly(treeOf(a), treeOf(b))).toBe(expected);
});

test('four questions to the engine are affordable, five are not', () => {
  const sumOf = (count: number) => treeOf(Array(count).fill('(\\int x dx)').join('+'));
  expect([1, 4, 5].map((count) => isAffordable(sumOf(count)))).toEqual([true, true, false]);
});

test('numbers of up to 80 parts are asked about', () => {
  const ones = (count: number) => treeOf(Array(count).fill('1').join('+'));
  expect(sameExactly(ones(79), treeOf('3'))).toBe(false);
  expect(sameExactly(ones(80), treeOf('3'))).toBe(true);
});
