import { expect, test } from 'vitest';
import { findNumbers, readNumber } from './number-text';

test.each([
  ['42', 42, 1, 2, 0, false, '42', '', '42'],
  ['3.43', 3.43, 0.01, 3, 2, false, '', '', '3.43'],
  ['.5', 0.5, 0.1, 1, 1, false, '', '', '.5'],
  ['0.050', 0.05, 0.001, 2, 3, false, '', '', '0.050'],
  ['007', 7, 1, 1, 0, false, '7', '', '007'],
  ['-7', -7, 1, 1, 0, false, '7', '', '7'],
  ['- 7', -7, 1, 1, 0, false, '7', '', '7'],
  ['(-7)', -7, 1, 1, 0, false, '7', '', '7'],
  ['-$5', -5, 1, 1, 0, false, '5', '', '5'],
  ['$-5', -5, 1, 1, 0, false, '5', '', '-'],
  ['1,234', 1234, 1, 4, 0, false, '1234', '', '1,234'],
  ['1,234.5', 1234.5, 0.1, 5, 1, false, '', '', '1,234.5'],
  ['1.234,5', 1234.5, 0.1, 5, 1, false, '', '', '1.234,5'],
  ['1.234.567', 1234567, 1, 7, 0, false, '1234567', '', '1.234.567'],
  ['1,23,456', 123456, 1, 6, 0, false, '123456', '', '1,23,456'],
  ['12,34', 12.34, 0.01, 4, 2, false, '', '', '12,34'],
  ['0,125', 0.125, 0.001, 3, 3, false, '', '', '0,125'],
  ['0,1234', 0.1234, 0.0001, 4, 4, false, '', '', '0,1234'],
  ['1,2345', 1.2345, 0.0001, 5, 4, false, '', '', '1,2345'],
  ['1 234', 1234, 1, 4, 0, false, '1234', '', '1 234'],
  ['1 234 567,8', 1234567.8, 0.1, 8, 1, false, '', '', '1 234 567,8'],
  ['1\u2019234', 1234, 1, 4, 0, false, '1234', '', '1\u2019234'],
  ['24/7', 3.4285714285714284, 0, Number.POSITIVE_INFINITY, 0, false, '', '', '24/7'],
  ['24 / 7', 3.4285714285714284, 0, Number.POSITIVE_INFINITY, 0, false, '', '', '24 / 7'],
  ['(24)/(7)', 3.4285714285714284, 0, Number.POSITIVE_INFINITY, 0, false, '', '', '24)/(7)'],
  ['3 1/2', 3.5, 0, Number.POSITIVE_INFINITY, 0, false, '', '', '3 1/2'],
  ['3 (1)/(2)', 3.5, 0, Number.POSITIVE_INFINITY, 0, false, '', '', '3 (1)/(2)'],
  ['1.5e3', 1500, 100, 2, 1, false, '', '', '1.5e3'],
  ['1.5e-3', 0.0015, 0.0001, 2, 1, false, '', '', '1.5e-3'],
  ['1.5E+3', 1500, 100, 2, 1, false, '', '', '1.5E+3'],
  ['1.5e3x', 1.5, 0.1, 2, 1, false, '', 'e3x', '1.5'],
  ['2e5', 200000, 100000, 1, 0, false, '', '', '2e5'],
  ['2 × 10^5', 200000, 100000, 1, 0, false, '', '', '2 × 10^5'],
  ['2x10^(−3)', 0.002, 0.001, 1, 0, false, '', '', '2x10^(−3)'],
  ['2 × 10⁻³', 0.002, 0.001, 1, 0, false, '', '', '2 × 10⁻³'],
  ['2 × 10⁺²', 200, 100, 1, 0, false, '', '', '2 × 10⁺²'],
  ['2×10^5 m', 200000, 100000, 1, 0, false, '', 'm', '2×10^5 '],
  ['5 thousand', 5000, 1000, 1, 0, false, '', '', '5 thousand'],
  ['5 million m', 5000000, 1000000, 1, 0, false, '', 'm', '5 million'],
  ['5 millions', 5000000, 1000000, 1, 0, false, '', '', '5 millions'],
  ['5 Billion', 5000000000, 1000000000, 1, 0, false, '', '', '5 Billion'],
  ['5 trillion', 5000000000000, 1000000000000, 1, 0, false, '', '', '5 trillion'],
  ['5万', 50000, 10000, 1, 0, false, '', '', '5万'],
  ['5亿人', 500000000, 100000000, 1, 0, false, '', '人', '5亿'],
  ['3 billions', 3000000000, 1000000000, 1, 0, false, '', '', '3 billions'],
  ['50%', 50, 1, 2, 0, true, '50', '', '50%'],
  ['50 %', 50, 1, 2, 0, true, '50', '', '50 %'],
  ['50％', 50, 1, 2, 0, true, '50', '', '50％'],
  ['50 percent', 50, 1, 2, 0, true, '50', '', '50 percent'],
  ['50 per cent', 50, 1, 2, 0, true, '50', '', '50 per cent'],
  ['50percentage', 50, 1, 2, 0, false, '50', 'percentage', '50'],
  ['3.5 m', 3.5, 0.1, 2, 1, false, '', 'm', '3.5'],
  ['3 m/s^2', 3, 1, 1, 0, false, '3', 'm/s^2', '3'],
  ['3 kg·m²', 3, 1, 1, 0, false, '3', 'kg·m²', '3'],
  ['3°', 3, 1, 1, 0, false, '3', '°', '3'],
  ['3 Ω', 3, 1, 1, 0, false, '3', 'Ω', '3'],
  ['USD 12', 12, 1, 2, 0, false, '12', '', '12'],
  ['Rs. 12', 12, 1, 2, 0, false, '12', '', '12'],
  ['us$12', 12, 1, 2, 0, false, '12', '', '12'],
  ['5a7', 5, 1, 1, 0, false, '5', 'a7', '5'],
  ['4.', 4, 1, 1, 0, false, '4', '', '4'],
  ['4.5.', 4.5, 0.1, 2, 1, false, '', '', '4.5'],
  ['four', 4, 1, 1, 0, false, '4', '', 'four'],
  ['Four.', 4, 1, 1, 0, false, '4', '', 'Four.'],
  [' twenty ', 20, 1, 1, 0, false, '20', '', ' twent'],
  ['zero', 0, 1, 1, 0, false, '0', '', 'zero'],
  ['thirteen', 13, 1, 1, 0, false, '13', '', 'thirteen'],
  ['x = 3', 3, 1, 1, 0, false, '3', '', '3'],
  ['x = 2 = 3', 3, 1, 1, 0, false, '3', '', '3'],
  ['3 = x', 3, 1, 1, 0, false, '3', '', '3'],
  ['7 and 7', 7, 1, 1, 0, false, '7', 'and', '7'],
  ['7, so 7.0', 7, 1, 1, 0, false, '7', '', '7'],
  ['3 m (9.8 ft)', 3, 1, 1, 0, false, '3', 'm', '3'],
  ['12 = 12.0 m', 12, 0.1, 3, 1, false, '', 'm', '12.0'],
  ['6.02×10^{23}', 6.02e23, 1e21, 3, 2, false, '', '', '6.02×10^{23}'],
  ['100 200', 100200, 1, 6, 0, false, '100200', '', '100 200'],
  ['3/4 cm', 0.75, 0, Number.POSITIVE_INFINITY, 0, false, '', 'cm', '3/4 '],
  ['9007199254740993', 9007199254740992, 1, 16, 0, false, '9007199254740993', '', '9007199254740993'],
  ['1,000,000 people', 1000000, 1, 7, 0, false, '1000000', 'people', '1,000,000'],
  ['about 5', 5, 1, 1, 0, false, '5', '', '5'],
])('%s', (text, value, lastDigit, significant, decimals, percent, whole, unit, written) => {
  const { start, end, lastDigit: step, ...reading } = readNumber(text) ?? expect.unreachable(text);
  expect(reading).toEqual({ value, significant, decimals, percent, whole, unit });
  // A power of ten is not the same double everywhere.
  expect(Math.abs(step - lastDigit)).toBeLessThanOrEqual(1e-12 * lastDigit);
  expect(text.slice(start, end)).toBe(written);
});

test.each([
  ['3 -7'],
  ['3-7'],
  ['1,234,56'],
  ['1.2.3'],
  ['1 2345'],
  ['24/0'],
  ['24/1,5'],
  ['3 1/0'],
  ['3.5 1/2'],
  ['2*10**4'],
  ['3 m-1'],
  ['a12'],
  ['x_2'],
  ['H2O'],
  ['twenty one'],
  ['twentytwo'],
  ['3 (4'],
  ['3 (4) x'],
  ['(4) 3'],
  ['3 4 (5)'],
  ['1/2/3'],
])('no one number: %s', (text) => {
  expect(readNumber(text)).toBeUndefined();
});

test('every number of a text, 64 at most', () => {
  expect(findNumbers('1 '.repeat(100)).length).toBe(64);
  expect(findNumbers('a1 b.5 c 1.2.3.4 7x8 9').map(({ value }) => value)).toEqual([7, 9]);
  expect(findNumbers('.5 0.5').map(({ value, start, end }) => [value, start, end])).toEqual([
    [0.5, 0, 2],
    [0.5, 3, 6],
  ]);
});

test('the last 2,000 characters are looked at', () => {
  expect(readNumber(`5 ${'x'.repeat(1_998)}`)?.value).toBe(5);
  expect(readNumber(`5 ${'x'.repeat(1_999)}`)).toBeUndefined();
  expect(readNumber(`${'x'.repeat(3_000)} 5`)?.value).toBe(5);
});

test.each([
  ['the answer is -7', -7],
  ['x is −7', -7],
  ['about -7', -7],
  ['so -€5', -5],
  ['so -(€5)', -5],
  ['-($5)', -5],
  ['-$(5)', -5],
  ['- (5)', -5],
  ['-(5)', -5],
  ['x=-7', -7],
  ['a: -7', -7],
  ['value of -3.5 m', -3.5],
  ['well-7', 7],
  ['x - 7', 7],
  ['is - 7', 7],
  ['one\n-7', 7],
  ['(b)-7', 7],
  ['(b) -7', 7],
])('the sign of %j: %d', (text, value) => {
  expect(readNumber(text)?.value).toBe(value);
});
