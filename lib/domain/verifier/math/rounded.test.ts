import { expect, test } from 'vitest';
import { parseMath } from './parse';
import { sameRounded } from './rounded';

const treeOf = (text: string) => parseMath(text) ?? expect.unreachable(text);

test.each([
  ['0.333333', '1/3', true],
  ['0.33333', '1/3', false],
  ['0.333334', '1/3', false],
  ['-0.333333', '-\\frac13', true],
  ['-0.333333', '\\frac13', false],
  ['1/3', '0.33', true],
  ['1/3', '0.3', false],
  ['3', '3.00', true],
  ['3', '3', false],
  ['1/3', '1/3', false],
  ['0.5', '0.5', true],
  ['0.5', 'x', false],
  ['x', '0.5', false],
  ['\\sqrt2', '1.41', true],
  ['1.414214', '\\sqrt2', true],
  ['-(-0.333333)', '\\frac13', true],
  ['1.5\\%', 'x', false],
])('%s and %s: %s', (answer, truth, expected) => {
  expect(sameRounded(treeOf(answer), treeOf(truth))).toBe(expected);
});
