import { expect, test } from 'vitest';
import { parseMath } from './parse';
import { isClearlySet, type RealSet, sameRealSet, toRealSet } from './real-set';

const treeOf = (text: string) => parseMath(text) ?? expect.unreachable(text);

const written = (set: RealSet): string =>
  set.map(({ from, to, openFrom, openTo }) => `${openFrom ? '(' : '['}${from}, ${to}${openTo ? ')' : ']'}`).join(' ');

test.each([
  ['(1,2)', false, '(1, 2)'],
  ['[1,2]', false, '[1, 2]'],
  ['[1,2)', true, '[1, 2)'],
  ['(1,2]', true, '(1, 2]'],
  ['(1,\\infty)', true, '(1, Infinity)'],
  ['[1,\\infty]', true, '[1, Infinity)'],
  ['[-\\infty,1]', true, '(-Infinity, 1]'],
  ['(-\\infty,\\infty)', true, '(-Infinity, Infinity)'],
  ['(2,1)', false, undefined],
  ['[1,1]', false, '[1, 1]'],
  ['(1,1)', false, '(1, 1)'],
  ['(1,2,3)', false, undefined],
  ['(1)', false, undefined],
  ['(a,2)', false, undefined],
  ['(i,2)', false, undefined],
  ['\\{1,2\\}', false, '[1, 1] [2, 2]'],
  ['\\{2,1,1\\}', false, '[1, 1] [2, 2]'],
  ['\\{a\\}', false, undefined],
  ['\\{\\}', false, ''],
  ['\\{\\infty\\}', false, '[Infinity, Infinity]'],
  ['\\mathbb{R}', true, '(-Infinity, Infinity)'],
  ['x', false, undefined],
  ['3', false, undefined],
  ['\\text{odd}', false, undefined],
  ['x>1', true, '(1, Infinity)'],
  ['x\\ge 1', true, '[1, Infinity)'],
  ['x<1', true, '(-Infinity, 1)'],
  ['x\\le 1', true, '(-Infinity, 1]'],
  ['x=1', false, '[1, 1]'],
  ['x\\ne 1', true, '(-Infinity, 1) (1, Infinity)'],
  ['1<x', true, '(1, Infinity)'],
  ['1\\le x', true, '[1, Infinity)'],
  ['1>x', true, '(-Infinity, 1)'],
  ['1\\ge x', true, '(-Infinity, 1]'],
  ['1=x', false, '[1, 1]'],
  ['1\\ne x', true, '(-Infinity, 1) (1, Infinity)'],
  ['1<x<2', true, '(1, 2)'],
  ['1\\le x\\le 2', true, '[1, 2]'],
  ['2>x\\ge 1', true, '[1, 2)'],
  ['1<x>2', true, '(2, Infinity)'],
  ['x<y', true, undefined],
  ['1<2', true, undefined],
  ['x^2<1', true, undefined],
  ['2x<1', true, undefined],
  ['x<i', true, undefined],
  ['1<x<y', true, undefined],
  ['x<1 or x>2', true, '(-Infinity, 1) (2, Infinity)'],
  ['x>1, x<2', true, '(1, 2)'],
  ['x>1, y', false, undefined],
  ['x<3, x>1, x\\ne 2', true, '(1, 2) (2, 3)'],
  ['x<1 or 5', false, undefined],
  ['1,2', false, undefined],
  ['[0,1]\\cup(1,2]', true, '[0, 2]'],
  ['[0,1)\\cup(1,2]', true, '[0, 1) (1, 2]'],
  ['[0,1)\\cup[1,2]', true, '[0, 2]'],
  ['(0,2)\\cup(1,3)', true, '(0, 3)'],
  ['(0,3)\\cup(1,2)', true, '(0, 3)'],
  ['(0,1)\\cup[0,1)', true, '[0, 1)'],
  ['(0,1)\\cup(0,1]', true, '(0, 1]'],
  ['(0,1]\\cup(0,1)', true, '(0, 1]'],
  ['(2,3)\\cup(0,1)', true, '(0, 1) (2, 3)'],
  ['(0,2)\\cap(1,3)', true, '(1, 2)'],
  ['[0,1]\\cap[1,2]', true, '[1, 1]'],
  ['[0,1)\\cap[1,2]', true, ''],
  ['(0,1)\\cap(2,3)', true, ''],
  ['(0,2]\\cap(0,2)', true, '(0, 2)'],
  ['[0,2)\\cap[0,2]', true, '[0, 2)'],
  ['\\mathbb{R}\\setminus\\{1\\}', true, '(-Infinity, 1) (1, Infinity)'],
  ['\\mathbb{R}\\setminus\\{1,2\\}', true, '(-Infinity, 1) (1, 2) (2, Infinity)'],
  ['\\mathbb{R}\\setminus(0,1]', true, '(-Infinity, 0] (1, Infinity)'],
  ['\\mathbb{R}\\setminus(-\\infty,1)', true, '[1, Infinity)'],
  ['[0,2]\\setminus(1,\\infty)', true, '[0, 1]'],
  ['(0,1)\\cup x', true, undefined],
  ['x\\cup(0,1)', true, undefined],
  ['x \\in (0,1)', false, undefined],
  ['|x|', false, undefined],
])('%s can only be a set: %s; it is %s', (text, isClear, pieces) => {
  const tree = treeOf(text);
  expect(isClearlySet(tree)).toBe(isClear);
  const set = toRealSet(tree);
  expect(set && written(set)).toBe(pieces);
});

test.each([
  ['(0,1)', '(0,1)', true],
  ['(0,1)', '[0,1)', false],
  ['(0,1)', '(0,1]', false],
  ['(0,1)', '(0,2)', false],
  ['(0,2)', '(1,2)', false],
  ['(0,1)', '(0,1.0000000001)', true],
  ['(0,1)', '(0,1.00000001)', false],
  ['(0,1)', '(0,1)\\cup(2,3)', false],
  ['(0,1)\\cup(2,3)', '(0,1)', false],
  ['(0,1)\\cup(2,3)', '(0,1)\\cup(2,4)', false],
  ['(0,\\infty)', '(0,\\infty)', true],
  ['(0,\\infty)', '(0,10^{300})', false],
  ['(-\\infty,0)', '(-10^{300},0)', false],
  ['(-\\infty,0)', '(-\\infty,0)', true],
])('%s and %s: %s', (a, b, expected) => {
  const [left, right] = [toRealSet(treeOf(a)), toRealSet(treeOf(b))];
  expect(left && right && sameRealSet(left, right)).toBe(expected);
});
