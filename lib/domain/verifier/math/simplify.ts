/** Rewrites a tree before it is compared: both signs of `\pm` written out, units taken off. */
import { bare, call, mapTree, numeral, someNode, type Tree } from './tree';
import { findUnit } from './units';

/** `1 \pm x` as the list of its two values; upper signs belong together. A tree without `\pm` is given back. */
export const expandPlusMinus = (tree: Tree): Tree => {
  if (tree.op === 'List' || !someNode(tree, isPlusMinus)) return tree;
  return bare([withSign(tree, 'PlusMinus'), withSign(tree, 'MinusPlus')]);
};

const isPlusMinus = (node: Tree): boolean =>
  node.op === 'Call' && (node.head === 'PlusMinus' || node.head === 'MinusPlus');

const withSign = (tree: Tree, positive: string): Tree =>
  mapTree(tree, (node) => {
    if (node.op !== 'Call' || !isPlusMinus(node)) return node;
    const before = node.args.slice(0, -1);
    const term = node.args.at(-1) ?? bare([]);
    const signed = node.head === positive ? term : call('Negate', term);
    return before.length === 0 ? signed : call('Add', ...before, signed);
  });

export type WithUnits = {
  readonly tree: Tree;
  /** Words that were taken off, lower case and in order; empty when there were none. */
  readonly words: string;
  /** Of a single unit that we know. */
  readonly dimension: string | undefined;
  readonly factor: Tree | undefined;
};

/** Takes words off an expression: `5\text{ cm}`, `\frac{1}{2}\text{ of the area}`. Words alone stay. */
export const plainUnits = (tree: Tree): WithUnits => {
  const words: string[] = [];
  const plain = mapTree(tree, (node) => {
    if (node.op === 'Words') words.push(node.name);
    if (node.op !== 'Call' || !node.args.some(isWords)) return node;
    const others = node.args.filter((arg) => !isWords(arg));
    const [first] = others;
    if (node.head === 'Power' || !first) return { op: 'Words', name: words.join(' ') };
    if (node.head === 'Multiply') return others.length === 1 ? first : call('Multiply', ...others);
    return node.head === 'Divide' || node.head === 'Add' ? first : node;
  });
  const unit = words.length === 1 ? findUnit(words[0] ?? '') : undefined;
  return {
    tree: plain,
    words: words.map(singular).join(' '),
    dimension: unit?.dimension,
    factor: unit && numeral(String(unit.factor)),
  };
};

const isWords = (tree: Tree): boolean => tree.op === 'Words';
const singular = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[\s-]+/g, '')
    .replace(/(?<=[a-z]{3})s$/, '');
