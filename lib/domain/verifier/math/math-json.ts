/** Our trees as MathJSON, the language of the algebra engine, and back. */
import type { MathJsonExpression } from '@cortex-js/compute-engine';
import { call, numeral, symbol, type Tree } from './tree';

const functionHeads: Readonly<Record<string, string>> = {
  'fn:sin': 'Sin',
  'fn:cos': 'Cos',
  'fn:tan': 'Tan',
  'fn:cot': 'Cot',
  'fn:sec': 'Sec',
  'fn:csc': 'Csc',
  'fn:sinh': 'Sinh',
  'fn:cosh': 'Cosh',
  'fn:tanh': 'Tanh',
  'fn:arcsin': 'Arcsin',
  'fn:arccos': 'Arccos',
  'fn:arctan': 'Arctan',
  'fn:ln': 'Ln',
  'fn:log': 'Log',
  'fn:exp': 'Exp',
  'fn:sqrt': 'Sqrt',
  'fn:abs': 'Abs',
  'fn:floor': 'Floor',
  'fn:ceil': 'Ceil',
};

const sameHeads: ReadonlySet<string> = new Set(
  'Add Multiply Negate Divide Power Sqrt Root Abs Floor Ceil Factorial Binomial Mod Sum Product'.split(' '),
);

const heads = new Map<string, string>([
  ...Object.entries(functionHeads),
  ...[...sameHeads].map((head) => [head, head] as const),
  ['Fraction', 'Divide'],
]);
const treeHeads = new Map<string, string>([
  ...[...sameHeads].map((head) => [head, head] as const),
  ...Object.entries(functionHeads).map(([ours, theirs]) => [theirs, ours] as const),
  ['Rational', 'Divide'],
]);

/** The tree in MathJSON; undefined when it holds something that is no algebra. */
export const toMathJson = (tree: Tree): MathJsonExpression | undefined => {
  if (tree.op === 'Number') return { num: tree.written };
  if (tree.op === 'Symbol') return tree.name;
  if (tree.op !== 'Call') return undefined;
  const args = tree.args.map(toMathJson);
  if (!args.every((arg) => arg !== undefined)) return undefined;
  const [first, second, third, fourth] = args;
  if (tree.head === 'Integrate' && first !== undefined && second !== undefined) {
    return [
      'Integrate',
      first,
      third === undefined || fourth === undefined ? second : ['Tuple', second, third, fourth],
    ];
  }
  if (tree.head === 'Limit' && first !== undefined && second !== undefined && third !== undefined) {
    return ['Limit', ['Function', first, second], third];
  }
  if (tree.head === 'D') return ['D', ...args];
  const head = heads.get(tree.head);
  return head === undefined ? undefined : [head, ...args];
};

/** A result of the engine as a tree; undefined when it holds a form that we have no name for. */
export const fromMathJson = (json: MathJsonExpression): Tree | undefined => {
  if (typeof json === 'number') return numeral(String(json));
  if (typeof json === 'string') return symbol(json);
  if (!Array.isArray(json)) return 'num' in json ? numeral(json.num.replace(/[a-z]+$/i, '')) : undefined;
  const [name, ...rest] = json as readonly MathJsonExpression[];
  const args = rest.map(fromMathJson);
  if (typeof name !== 'string' || !args.every((arg) => arg !== undefined)) return undefined;
  const [a, b] = args;
  if (name === 'Subtract' && a && b) return call('Add', a, call('Negate', b));
  if (name === 'Square' && a) return call('Power', a, numeral('2'));
  if (name === 'Complex' && a && b) return call('Add', a, call('Multiply', b, symbol('ImaginaryUnit')));
  const head = treeHeads.get(name);
  return head === undefined ? undefined : call(head, ...args);
};
