import { describe, expect, test } from 'vitest';
import { compareNumber } from './number';
import { readNumber } from './number-text';

describe('readNumber', () => {
  test.each([
    ['plain', '42', 42],
    ['decimal', '3.14', 3.14],
    ['no leading zero', '.5', 0.5],
    ['negative', '-7', -7],
    ['typographic minus', '−7.5', -7.5],
    ['thousands', '1,234,567.89', 1234567.89],
    ['one thousand group', '1,234', 1234],
    ['decimal comma', '3,14', 3.14],
    ['decimal comma below one', '0,125', 0.125],
    ['European', '1.234.567,89', 1234567.89],
    ['spaced thousands', '1 234 567', 1234567],
    ['Swiss', "1'234'567", 1234567],
    ['LaTeX thousands', '1{,}234', 1234],
    ['fraction', '24/7', 24 / 7],
    ['LaTeX fraction', '\\frac{24}{7}', 24 / 7],
    ['short LaTeX fraction', '\\frac12', 0.5],
    ['display fraction, negative', '-\\dfrac{1}{2}', -0.5],
    ['mixed number', '3 1/2', 3.5],
    ['mixed LaTeX', '3\\frac{1}{2}', 3.5],
    ['scientific', '6.02e23', 6.02e23],
    ['times ten', '3.2 × 10^5', 3.2e5],
    ['LaTeX times ten', '3.2 \\times 10^{-5}', 3.2e-5],
    ['superscripts', '3.2×10⁻⁵', 3.2e-5],
    ['boxed with unit', '\\boxed{480 \\, \\text{J}}', 480],
    ['unit', '3.5 m', 3.5],
    ['unit with a digit', '12 m^2', 12],
    ['currency', '$1,299.00', 1299],
    ['negative currency', '-$5', -5],
    ['currency code', 'USD 12', 12],
    ['equation', 'x = 3', 3],
    ['chain of equations', '12/3 = 4', 4],
    ['with a conversion', '3 m (9.84 ft)', 3],
    ['million', '2.5 million', 2.5e6],
    ['word', 'Four.', 4],
    ['repeated', '7, so 7', 7],
    ['index in a name', 'H2 is 5', 5],
  ])('%s', (_name, text, value) => {
    expect(readNumber(text)?.value).toBeCloseTo(value, 9);
  });

  test.each([
    ['none', 'no idea'],
    ['two', '3 or 4'],
    ['list', '1, 2, 3'],
    ['version', '1.2.3'],
    ['empty', ''],
  ])('no one number in: %s', (_name, text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});

describe('compareNumber', () => {
  test.each([
    ['rounded to two decimals', '3.43', '3.429', 1],
    ['fraction for its decimals', '24/7', '3.429', 1],
    ['more decimals than the truth', '3.4287', '3.43', 1],
    ['whole as decimal', '4.0', '4', 1],
    ['near is not equal', '12.914', '12.97', 0],
    ['small numbers keep their digits', '0.0004', '0.0031', 0],
    ['small number rounded', '0.29', '0.286', 1],
    ['a count is exact', '100.4', '100', 0],
    ['thousands', '100,000,000', '100000000', 1],
    ['percent for percent', '50%', '50', 1],
    ['percent for a share', '50%', '0.5', 1],
    ['share for a percent', '0.5', '50%', 1],
    ['wrong percent', '5%', '0.5', 0],
    ['unit converted', '350 cm', '3.5 m', 1],
    ['other dimension', '5 s', '5 m', 0],
    ['unknown unit', '5 apples', '5', 1],
    ['currency', '$5,240', '5240', 1],
    ['sign', '-5', '5', 0],
    ['zero', '0', '0', 1],
    ['nothing', 'unknown', '5', 0],
    ['two numbers', '4 or 5', '5', 0],
    ['text truth', 'Yes', 'yes', 1],
    ['infinite', '1e999', '5', 0],
    ['large numbers off by one', '12345679', '12345678', 0],
    ['beyond a double, off by one', '9007199254740993', '9007199254740992', 0],
    ['leading zeros', '007', '7', 1],
    ['root as truth', '1.41', '\\sqrt{2}', 1],
    ['the digits under a root are no number', '2', '\\sqrt{2}', 0],
    ['root as answer', '\\sqrt{16}', '4', 1],
    ['pi', '\\frac{\\pi}{2}', '1.571', 1],
    ['power', '2^{10}', '1024', 1],
    ['result behind an expression', 'the area is 2\\pi ≈ 6.28', '6.28', 1],
    ['exclamation', 'The answer is 5!', '5', 1],
    ['unit behind a root', 'd = 2\\sqrt{3} \\text{ m}', '3.46', 1],
    ['list', '[1.5, 2]', '[1.5, 2.0]', 1],
    ['list, other brackets', '(1.5, 2)', '[1.5, 2]', 1],
    ['list without brackets', '1.5, 2', '[1.5, 2]', 1],
    ['list of thousands', '1,234, 5', '1234; 5', 1],
    ['list by rounding', '[3.43, 0.5]', '[3.429, 1/2]', 1],
    ['list order', '[2, 1.5]', '[1.5, 2]', 0],
    ['list too short', '[1.5]', '[1.5, 2]', 0],
    ['list with a wrong number', '[1.5, 3]', '[1.5, 2]', 0],
    ['list in a sentence', 'The answer is [1.5, 2].', '[1.5, 2]', 1],
    ['no list', 'none of them', '[1.5, 2]', 0],
  ])('%s', (_name, answer, truth, score) => {
    expect(compareNumber(answer, truth).score).toBe(score);
  });
});
