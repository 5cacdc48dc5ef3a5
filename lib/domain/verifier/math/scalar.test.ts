import { expect, test } from 'vitest';
import { parseMath } from './parse';
import { constantValue, sameScalar, sameUpToFactor, variablesOf } from './scalar';

const treeOf = (text: string) => parseMath(text) ?? expect.unreachable(text);

test.each([
  ['x', 'x', true],
  ['x', 'y', false],
  ['x+1', '1+x', true],
  ['1/3', '0.333333333333', true],
  ['1/3', '0.3333333', true],
  ['\\frac13', '\\frac{1}{3.000001}', true],
  ['1', '1.0000005', true],
  ['1', '1.000002', false],
  ['1+0', '1.0000000001', true],
  ['100000001', '100000002', false],
  ['\\sin\\pi', '0', true],
  ['\\pi-\\pi', '0', true],
  ['10^{-12}', '0', false],
  ['1-1', '10^{-12}', true],
  ['\\infty', '\\infty', true],
  ['\\infty', '-\\infty', false],
  ['-\\infty', '-\\infty', true],
  ['9^{9^9}', '\\infty', false],
  ['2^{100}', '2^{100}+1', false],
  ['2^{100}', '1267650600228229401496703205376', true],
  ['2^{100}', '2^{100}+1.0', true],
  ['\\sqrt{x^2}', 'x', false],
  ['\\ln x^2', '2\\ln x', false],
  ['n!', 'n(n-1)!', true],
  ['\\int x dx', '\\frac{x^2}{2}', true],
  ['\\int x dx', 'x^2', false],
  ['(1,2)', '(1,2)', false],
  ['\\text{odd}', '\\text{odd}', false],
  ['f(x)', 'f(x)', true],
  ['f(x)', 'f(y)', false],
  ['i^2', '-1', true],
  ['i', '-i', false],
  ['x/0', 'y/0', false],
  ['\\binom{n}{2}', '\\frac{n(n-1)}{2}', true],
  ['(-1)^n', '\\cos(n\\pi)', false],
  ['x^0', '1', true],
  ['0', '0.0', true],
  ['a+b+c+d+f+g+h+j+k+l+m+n', 'n+m+l+k+j+h+g+f+d+c+b+a', true],
  ['a+b+c+d+f+g+h+j+k+l+m+n+o', 'o+n+m+l+k+j+h+g+f+d+c+b+a', false],
  ['\\sum_{k=1}^n k', '\\frac{n(n+1)}{2}', true],
  ['1e-20', '2e-20', false],
  ['1', '1+10^{-10}', true],
  ['1', '1+10^{-8}', false],
])('%s and %s: %s', (a, b, expected) => {
  expect(sameScalar(treeOf(a), treeOf(b))).toBe(expected);
});

test.each([
  ['x-y', '2x-2y', true, true],
  ['x-y', 'y-x', true, false],
  ['x-y', 'y-x', false, true],
  ['x-y', 'x+y', false, false],
  ['x-y', '(x-y)^2', false, false],
  ['x-1', '2x-2', true, true],
  ['x', '0', false, false],
  ['0', 'x', false, false],
  ['1', '2', false, false],
  ['i x', 'x', false, false],
  ['ix', 'ix', false, true],
  ['\\int x dx', 'x', false, false],
  ['x', '1/x', false, false],
  ['x/0', 'x', false, false],
  ['x^2-1', 'x-1', false, false],
  ['0x', '0y', false, false],
])('%s and %s up to a factor, a positive one: %s: %s', (a, b, sameSign, expected) => {
  expect(sameUpToFactor(treeOf(a), treeOf(b), sameSign)).toBe(expected);
});

test.each([
  ['2+3', [5, 0]],
  ['x', undefined],
  ['1/0', [Number.POSITIVE_INFINITY, 0]],
  ['0/0', undefined],
  ['\\infty', [Number.POSITIVE_INFINITY, 0]],
  ['(1,2)', undefined],
  ['\\text{x}ab', undefined],
])('the value of %s', (text, value) => {
  const found = constantValue(treeOf(text));
  expect(found && [found.re, found.im]).toEqual(value);
});

test.each([
  ['x+y', ['x', 'y']],
  ['\\pi+e+i+\\infty', []],
  ['\\mathbb{R}', []],
  ['f(x)', ['f', 'x']],
  ['(a,b)', ['a', 'b']],
  ['a=b', ['a', 'b']],
  ['3', []],
])('the variables of %s', (text, names) => {
  expect([...variablesOf(treeOf(text))].sort()).toEqual(names);
});
