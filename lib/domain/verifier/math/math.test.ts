import { expect, test } from 'vitest';
import { lastBoxed } from './boxed';
import { compareMath } from './math';

test.each([
  ['same text', 'x^2+1', 'x^2 + 1', 1],
  ['boxed', 'So \\boxed{\\frac{1}{2}}', '\\frac{1}{2}', 1],
  ['decimal for a fraction', '0.5', '\\frac{1}{2}', 1],
  ['equation for its value', 'x = 3', '3', 1],
  ['fraction styles', '\\dfrac{a}{b}', '\\frac{a}{b}', 1],
  ['tuple', '(1, 2)', '(1,2)', 1],
  ['tuple order', '(2, 1)', '(1,2)', 0],
  ['set order', '\\{2, 1\\}', '\\{1,2\\}', 1],
  ['interval ends', '[1, 2)', '[1, 2]', 0],
  ['tuple of numbers', '(0.5, 1)', '(\\frac{1}{2}, 1)', 1],
  ['other variable', 'x+1', 'y+1', 0],
  ['number against expression', '2', '2x', 0],
  ['empty truth text', 'x', '', 0],
])('%s', (_name, answer, truth, score) => {
  expect(compareMath(answer, truth).score).toBe(score);
});

test.each([
  ['nested braces', '\\boxed{\\frac{1}{2}}', '\\frac{1}{2}'],
  ['the last one', '\\boxed{1} \\boxed{2}', '2'],
  ['never closed', '\\boxed{1', undefined],
])('lastBoxed: %s', (_name, text, content) => {
  expect(lastBoxed(text)).toBe(content);
});
