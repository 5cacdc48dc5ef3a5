import type { MathJsonExpression } from '@cortex-js/compute-engine';
import { expect, test } from 'vitest';
import { fromMathJson, toMathJson } from './math-json';
import { parseMath } from './parse';
import { written } from './written-tree';

test.each([
  ['3', '{"num":"3"}'],
  ['x', '"x"'],
  ['2x+1', '["Add",["Multiply",{"num":"2"},"x"],{"num":"1"}]'],
  ['-x', '["Negate","x"]'],
  ['\\frac{1}{2}', '["Divide",{"num":"1"},{"num":"2"}]'],
  ['\\sin x', '["Sin","x"]'],
  ['\\log_2 8', '["Log",{"num":"8"},{"num":"2"}]'],
  ['\\int x dx', '["Integrate",["Multiply","x"],"x"]'],
  ['\\int_0^1 x dx', '["Integrate",["Multiply","x"],["Tuple","x",{"num":"0"},{"num":"1"}]]'],
  ['\\lim_{x\\to 0} x', '["Limit",["Function","x","x"],{"num":"0"}]'],
  ['\\frac{d}{dx}x^2', '["D",["Power","x",{"num":"2"}],"x"]'],
  ['(1,2)', undefined],
  ['\\text{a}', '"a"'],
  ['x=1', undefined],
  ['\\sin(1,2)', undefined],
  ['\\sqrt[3]{x}', '["Root","x",{"num":"3"}]'],
  ['\\coth x', undefined],
  ['50\\%', undefined],
  ['\\sum_{k=1}^n k', '["Sum","k","k",{"num":"1"},"n"]'],
])('%s as MathJSON', (text, json) => {
  const found = toMathJson(parseMath(text) ?? expect.unreachable(text));
  expect(found && JSON.stringify(found)).toBe(json);
});

test.each<[MathJsonExpression, string | undefined]>([
  [3, '3'],
  ['x', 'x'],
  [{ num: '12n' }, '12'],
  [{ num: '1.5' }, '1.5'],
  [{ str: 'a' }, undefined],
  [{ sym: 'x' }, undefined],
  [['Add', 1, 'x'], '(Add 1 x)'],
  [['Subtract', 'x', 1], '(Add x (Negate 1))'],
  [['Square', 'x'], '(Power x 2)'],
  [['Complex', 1, 2], '(Add 1 (Multiply 2 ImaginaryUnit))'],
  [['Rational', 1, 2], '(Divide 1 2)'],
  [['Sin', 'x'], '(fn:sin x)'],
  [['Unknown', 1], undefined],
  [['Add', ['Unknown', 1]], undefined],
  [['Subtract', 'x'], undefined],
  [['Square'], undefined],
  [['Complex', 1], undefined],
  [['Divide', 1, 2], '(Divide 1 2)'],
])('%j as a tree', (json, expected) => {
  const tree = fromMathJson(json);
  expect(tree && written(tree)).toBe(expected);
});
