import { expect, test } from 'vitest';
import { real } from './complex';
import { evaluate, isArithmetic } from './evaluate';
import { parseMath } from './parse';

const numberOf = (text: string, point: ReadonlyMap<string, { re: number; im: number }> = new Map()) => {
  const tree = parseMath(text);
  return tree ? evaluate(tree, point) : expect.unreachable(`${text} cannot be read`);
};

// Expected values are those of Python's cmath and math.
test.each([
  ['2+3i', 2, 3],
  ['(2+3i)-(1+5i)', 1, -2],
  ['(2+3i)(1-4i)', 14, -5],
  ['\\frac{2+3i}{1-4i}', -0.5882352941176471, 0.6470588235294118],
  ['(2+3i)/2', 1, 1.5],
  ['-(2+3i)', -2, -3],
  ['e^{1+2i}', -1.1312043837568135, 2.4717266720048188],
  ['\\exp(2i)', -0.4161468365471424, 0.9092974268256817],
  ['\\exp(2)', 7.38905609893065, 0],
  ['\\ln(3-4i)', 1.6094379124341003, -0.9272952180016122],
  ['\\ln(-2)', Math.LN2, Math.PI],
  ['\\ln 5', 1.6094379124341003, 0],
  ['2^{0.5}', Math.SQRT2, 0],
  ['(-2)^3', -8, 0],
  ['(-2)^{0.5}', 8.659560562354932e-17, Math.SQRT2],
  ['(1+i)^{2-i}', 1.4900141243594487, 4.12574447016181],
  ['(1+i)^2', 0, 2],
  ['2^{i}', 0.7692389013639721, 0.6389612763136348],
  ['0^{2+i}', 0, 0],
  ['i^i', 0.20787957635076193, 0],
  ['\\sqrt{-4}', 0, 2],
  ['\\sqrt{9}', 3, 0],
  ['\\sqrt{3+4i}', 2, 1],
  ['\\sqrt{0}', 0, 0],
  ['\\sin(1+2i)', 3.165778513216168, 1.9596010414216063],
  ['\\cos(1+2i)', 2.0327230070196656, -3.0518977991518],
  ['\\tan(1+2i)', 0.0338128260798967, 1.0147936161466335],
  ['\\sin 1', 0.8414709848078965, 0],
  ['\\cos 1', 0.5403023058681398, 0],
  ['\\tan 1', 1.5574077246549023, 0],
  ['\\cot 1', 0.6420926159343306, 0],
  ['\\sec 1', 1.8508157176809255, 0],
  ['\\csc 1', 1.1883951057781212, 0],
  ['\\sinh 1', 1.1752011936438014, 0],
  ['\\cosh 1', 1.5430806348152437, 0],
  ['\\tanh 1', 0.7615941559557649, 0],
  ['\\coth 1', 1.3130352854993315, 0],
  ['\\arctan 2', 1.1071487177940904, 0],
  ['\\arctan(1+2i)', 1.3389725222944935, 0.40235947810852507],
  ['\\arcsin 0.5', 0.5235987755982989, 0],
  ['\\arcsin(-1)', -1.5707963267948966, 0],
  ['\\arcsin(1+2i)', 0.4270785863924761, 1.5285709194809982],
  ['\\arcsin(0.5i)', 0, 0.48121182505960347],
  ['\\arccos 0.5', 1.0471975511965979, 0],
  ['\\operatorname{acos}(0.5)', 1.0471975511965979, 0],
  ['\\operatorname{asin}(0.5)', 0.5235987755982989, 0],
  ['\\operatorname{atan}(2)', 1.1071487177940904, 0],
  ['\\operatorname{arccot}(2)', 0.4636476090008061, 0],
  ['\\log 100', 2, 0],
  ['\\log_2 10', 3.321928094887362, 0],
  ['\\lg 1000', 3, 0],
  ['|3-4i|', 5, 0],
  ['\\operatorname{abs}(-3)', 3, 0],
  ['\\overline{3-4i}', 3, 4],
  ['50\\%', 0.5, 0],
  ['180°', Math.PI, 0],
  ['(2i)\\%', 0, 0.02],
  ['\\lfloor -2.5\\rfloor', -3, 0],
  ['\\lceil -2.5\\rceil', -2, 0],
  ['\\operatorname{floor}(2.7)', 2, 0],
  ['\\operatorname{ceil}(2.2)', 3, 0],
  ['\\operatorname{sgn}(-7)', -1, 0],
  ['5!', 120, 0],
  ['0!', 1, 0],
  ['20!', 2.43290200817664e18, 0],
  ['(0.5)!', 0.886226925452758, 0],
  ['(4.5)!', 52.34277778455352, 0],
  ['(-0.7)!', 2.991568987687591, 0],
  ['(-1.5)!', -3.544907701811032, 0],
  ['(-2.5)!', 2.3632718012073544, 0],
  ['170!', 7.257415615307999e306, 0],
  ['\\binom{7}{3}', 35, 0],
  ['\\binom{10}{0}', 1, 0],
  ['7 \\bmod 3', 1, 0],
  ['(-7) \\bmod 3', 2, 0],
  ['7 \\bmod 2.5', 2, 0],
  ['\\max(1,5,3)', 5, 0],
  ['\\min(4,2,3)', 2, 0],
  ['\\gcd(12,18)', 6, 0],
  ['\\gcd(-12,18,27)', 3, 0],
  ['\\operatorname{lcm}(4,6)', 12, 0],
  ['\\operatorname{lcm}(2,3,4)', 12, 0],
  ['\\operatorname{re}(3-4i)', 3, 0],
  ['\\operatorname{im}(3-4i)', -4, 0],
  ['\\arg(1+i)', 0.7853981633974483, 0],
  ['\\operatorname{cbrt}(-27)', -3, 0],
  ['\\operatorname{cbrt}(8)', 2, 0],
  ['\\sqrt[3]{-8}', -2, 0],
  ['\\sqrt[3]{8}', 2, 0],
  ['\\sqrt[4]{16}', 2, 0],
  ['\\sqrt[5]{-32}', -2, 0],
  ['\\sqrt[2]{-4}', 0, 2],
  ['\\sqrt[3]{8i}', 1.7320508075688774, 0.9999999999999999],
  ['\\sum_{k=1}^{5}k^2', 55, 0],
  ['\\sum_{k=3}^{2}k', 0, 0],
  ['\\prod_{k=1}^{5}k', 120, 0],
  ['\\prod_{k=3}^{2}k', 1, 0],
  ['\\sum_{k=1}^{400}1', 400, 0],
  ['\\sum_{k=1}^{2}\\sum_{m=1}^{3}km', 18, 0],
  ['\\pi', Math.PI, 0],
  ['e', Math.E, 0],
  ['i', 0, 1],
  ['2\\cdot 3-4/5', 5.2, 0],
  ['\\exp(0)', 1, 0],
  ['\\tanh(i)', 0, 1.5574077246549023],
  ['\\sinh(1+i)', 0.6349639147847361, 1.2984575814159773],
  ['\\cosh(1+i)', 0.8337300251311491, 0.9888977057628651],
])('%s', (text, re, im) => {
  const value = numberOf(text);
  const close = 1e-12 * Math.max(1, Math.hypot(re, im));
  expect(Math.abs(value.re - re)).toBeLessThanOrEqual(close);
  expect(Math.abs(value.im - im)).toBeLessThanOrEqual(close);
});

test.each([
  ['a name without a value', 'x'],
  ['a list', '(1, 2)'],
  ['words', '\\text{odd}'],
  ['a head that is not arithmetic', '\\int x\\,dx'],
  ['the factorial of a negative whole number', '(-3)!'],
  ['the factorial of a complex number', '(1+i)!'],
  ['the largest of complex numbers', '\\max(1, i)'],
  ['the divisor of what is not whole', '\\gcd(1.5, 3)'],
  ['zero to a power that is no number of its own', '0^{i}'],
  ['a sum of more than 400 terms', '\\sum_{k=0}^{400}1'],
  ['a sum between what is not whole', '\\sum_{k=0.5}^{3}k'],
  ['a sum up to what is not whole', '\\sum_{k=0}^{3.5}k'],
  ['a sum from a complex number', '\\sum_{k=i}^{3}k'],
  ['sums inside sums beyond all steps', '\\sum_{a=1}^{400}\\sum_{b=1}^{400}ab'],
])('no value: %s', (_name, text) => {
  expect(numberOf(text).re).toBeNaN();
});

test.each([
  ['171 factors are too many for a double', '171!', Number.POSITIVE_INFINITY],
  ['a fraction beyond them', '(171.5)!', Number.POSITIVE_INFINITY],
  ['infinity', '\\infty', Number.POSITIVE_INFINITY],
])('%s', (_name, text, value) => {
  expect(numberOf(text).re).toBe(value);
});

test('a point gives names their values, before constants do', () => {
  const point = new Map([
    ['x', real(3)],
    ['Pi', real(2)],
  ]);
  expect(numberOf('x^2 + \\pi', point)).toEqual(real(11));
  expect(numberOf('\\sum_{x=1}^{3} x', point)).toEqual(real(6));
});

test('a function that is only named has one value for one argument, and another one for others', () => {
  const at = (text: string) => numberOf(text).re;
  expect(at('f(2)')).toBe(at('f(1+1)'));
  expect(new Set(['f(2)', 'f(3)', 'g(2)', "f'(2)", 'f(2,3)', 'f(3,2)', 'f(2,2)'].map(at)).size).toBe(7);
  expect(at('f(2)')).toBeCloseTo(Math.sin(5 + 2.74) + 0.21 * Math.cos(0.43 * (5 + 2.74)), 12);
  expect(at('f(2,3)')).toBeCloseTo(Math.sin(5 + 2.74 + 7.11) + 0.21 * Math.cos(0.43 * (5 + 2.74 + 7.11)), 12);
  expect(at("f'(2)")).toBeCloseTo(Math.sin(2.74) + 0.21 * Math.cos(0.43 * 2.74), 12);
});

test.each([
  ['2x + \\sin y', true],
  ['f(x)', true],
  ['\\sum_{k=1}^n k', true],
  ['\\prod_{k=1}^n k', true],
  ['\\int x\\,dx', false],
  ['1 + \\int x\\,dx', false],
  ['(1, 2)', false],
  ['\\text{odd}', false],
  ['\\sin(1, 2)', false],
])('%s is arithmetic: %s', (text, expected) => {
  expect(isArithmetic(parseMath(text) ?? expect.unreachable(text))).toBe(expected);
});
