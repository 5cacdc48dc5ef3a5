import { expect, test } from 'vitest';
import { parseMath } from './parse';
import { expandPlusMinus, plainUnits } from './simplify';
import { written } from './written-tree';

const treeOf = (text: string) => parseMath(text) ?? expect.unreachable(text);

test.each([
  ['5\\text{ cm}', '5', 'cm', 'length', '0.01'],
  ['5\\text{ CM}', '5', 'cm', undefined, undefined],
  ['5x\\text{ cm}', '(Multiply 5 x)', 'cm', 'length', '0.01'],
  ['\\text{odd}', '"odd"', 'odd', undefined, undefined],
  ['\\frac{1}{2}\\text{ of the area}', '(Fraction 1 2)', 'ofthearea', undefined, undefined],
  ['5\\text{ cm}^2', '5', 'cm', 'length', '0.01'],
  ['5\\text{ m}/\\text{s}', '5', 'm s', undefined, undefined],
  ['5+3\\text{ cm}', '(Add 5 3)', 'cm', 'length', '0.01'],
  ['5+\\text{cm}', '5', 'cm', 'length', '0.01'],
  ['5/\\text{cm}', '5', 'cm', 'length', '0.01'],
  ['\\text{apples}5', '5', 'apple', undefined, undefined],
  ['5\\text{ apples}', '5', 'apple', undefined, undefined],
  ['5\\text{ big-red Apples}', '5', 'bigredapple', undefined, undefined],
  ['5\\text{ gas}', '5', 'gas', undefined, undefined],
  ['-\\text{cm}', '"cm"', 'cm', 'length', '0.01'],
  ['\\sqrt{\\text{cm}}', '"cm"', 'cm', 'length', '0.01'],
  ['\\text{a}\\text{b}', '(Multiply a b)', '', undefined, undefined],
  ['5\\text{ kg}\\text{m}', '5', 'kg m', undefined, undefined],
  ['(5\\text{ cm},6)', '(5, 6)', 'cm', 'length', '0.01'],
])('%s without its words', (text, tree, words, dimension, factor) => {
  const found = plainUnits(treeOf(text));
  expect(written(found.tree)).toBe(tree);
  expect([found.words, found.dimension, found.factor && written(found.factor)]).toEqual([words, dimension, factor]);
});

test.each([
  ['\\pm 1', '<1, (Negate 1)>'],
  ['2\\pm x', '<(Add 2 x), (Add 2 (Negate x))>'],
  ['2\\mp x', '<(Add 2 (Negate x)), (Add 2 x)>'],
  ['1\\pm 2\\mp 3', '<(Add (Add 1 2) (Negate 3)), (Add (Add 1 (Negate 2)) 3)>'],
  ['x=\\pm 1', '<(x = 1), (x = (Negate 1))>'],
  ['x', 'x'],
  ['(\\pm 1,2)', '((PlusMinus 1), 2)'],
  ['|\\pm 1|', '<(Abs 1), (Abs (Negate 1))>'],
  ['a+b\\pm c', '<(Add (Add a b) c), (Add (Add a b) (Negate c))>'],
])('%s with both signs', (text, expected) => {
  expect(written(expandPlusMinus(treeOf(text)))).toBe(expected);
});
