import { expect, test } from 'vitest';
import { readConstant } from './constant';

test.each([
  ['\\sqrt{2}', Math.SQRT2],
  ['x = \\sqrt{2}', Math.SQRT2],
  ['x', undefined],
  ['2\\sqrt{3}\\text{ m}', 3.4641016151377544],
  ['i', undefined],
  ['1+0i', 1],
  ['\\frac{1}{3}', 0.3333333333333333],
  ['(1,2)', undefined],
  ['2^{10}', 1024],
  ['', undefined],
  ['1e999', undefined],
  ['\\sqrt{-4}', undefined],
  ['\\infty', undefined],
])('%s: %s', (text, value) => {
  expect(readConstant(text)?.value).toBe(value);
});

test('a constant is exact, and has neither digits nor a unit', () => {
  expect(readConstant('2\\sqrt{4}\\text{ m}')).toMatchObject({
    value: 4,
    lastDigit: 0,
    significant: Number.POSITIVE_INFINITY,
    decimals: 0,
    percent: false,
    whole: '',
    unit: '',
  });
});
