/**
 * Whether two expressions are equal for every value of their variables. Both are evaluated at fixed points: one point
 * where they differ decides against, agreement at all of them decides for. What is not arithmetic, such as an
 * integral, is brought to a closed form by the algebra engine first.
 */
import { closedForm, sameExactly } from './algebra';
import type { Complex } from './complex';
import * as complex from './complex';
import { evaluate, isArithmetic, type Point } from './evaluate';
import { childrenOf, isCall, someNode, type Tree } from './tree';

/** Relative, for expressions of exact numbers, and where a decimal stands in one of them. */
const EXACT_TOLERANCE = 1e-9;
const DECIMAL_TOLERANCE = 1e-6;
/** Absolute, only where terms may cancel: `\sin\pi` is 1e-16 and not 0. */
const CANCELLATION = 1e-11;
const MAX_VARIABLES = 12;
/** Points at which both sides must have a value, for a verdict on expressions with variables. */
const MIN_POINTS = 2;

/**
 * Values by point (row) and variable. Whole numbers come first, for expressions such as `n!` that have closed forms
 * only there; negative ones tell `\sqrt{x^2}` from `x`.
 */
const values: readonly (readonly number[])[] = [
  [3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12],
  [5, 4, 2, 7, 3, 8, 6, 11, 9, 12, 10, 14],
  [0.7321, 1.3127, 0.4177, 2.1173, 1.6191, 0.2909, 2.6143, 0.8467, 1.1069, 1.9139, 0.5591, 2.3371],
  [-1.2713, 0.6173, -0.3571, 1.4423, -2.0357, 0.9311, -0.7789, 1.7203, -1.5511, 0.1931, -2.4107, 1.1503],
  [1.8379, -0.5279, 2.2571, -1.0883, 0.3259, -1.6477, 0.6733, -0.2311, 2.8099, -1.3591, 0.8861, -0.4523],
  [-0.4129, -1.7351, 1.5227, 0.2843, -0.9043, 2.0719, -1.1939, 0.5059, 1.3417, -2.3011, -0.1693, 0.7877],
];

const constants: ReadonlySet<string> = new Set([
  'Pi',
  'ExponentialE',
  'ImaginaryUnit',
  'PositiveInfinity',
  'RealNumbers',
]);

/** Names of the variables, constants left out. */
export const variablesOf = (tree: Tree, found: Set<string> = new Set()): ReadonlySet<string> => {
  if (tree.op === 'Symbol' && !constants.has(tree.name)) found.add(tree.name);
  for (const child of childrenOf(tree)) variablesOf(child, found);
  return found;
};

/** Value of an expression without variables; undefined when it has some, or none such. */
export const constantValue = (tree: Tree): Complex | undefined => {
  if (!isArithmetic(tree) || variablesOf(tree).size > 0) return undefined;
  const value = evaluate(tree, new Map());
  return Number.isNaN(value.re) || Number.isNaN(value.im) ? undefined : value;
};

/** Whether two expressions are the same; false too where neither points nor algebra can tell. */
export const sameScalar = (a: Tree, b: Tree): boolean => {
  const [left, right] = [closedForm(a), closedForm(b)];
  if (!left || !right) return false;
  const names = variableNames(left, right);
  if (!names) return false;
  const tolerance = {
    relative: hasDecimal(left) || hasDecimal(right) ? DECIMAL_TOLERANCE : EXACT_TOLERANCE,
    absolute: mayCancel(left) || mayCancel(right) ? CANCELLATION : 0,
  };
  if (names.length === 0) return sameConstants(left, right, tolerance);
  let agreed = 0;
  for (const point of points(names)) {
    const agreement = agreeAt(evaluate(left, point), evaluate(right, point), tolerance);
    if (agreement === false) return false;
    if (agreement) agreed += 1;
  }
  return agreed >= MIN_POINTS;
};

const variableNames = (a: Tree, b: Tree): readonly string[] | undefined => {
  const found = new Set([...variablesOf(a), ...variablesOf(b)]);
  return found.size > MAX_VARIABLES ? undefined : [...found].sort();
};

/** The fixed points for so many variables. */
const points = (names: readonly string[]): readonly Point[] =>
  values.map((row) => new Map(names.map((name, i) => [name, complex.real(row[i] ?? 1)])));

type Tolerance = { readonly relative: number; readonly absolute: number };

/** Undefined where one side has no value. */
const agreeAt = (a: Complex, b: Complex, { relative, absolute }: Tolerance): boolean | undefined => {
  if (!complex.isDefined(a) || !complex.isDefined(b)) return undefined;
  const largest = Math.max(complex.size(a), complex.size(b));
  return complex.size(complex.subtract(a, b)) <= Math.max(relative * largest, absolute);
};

const sameConstants = (a: Tree, b: Tree, tolerance: Tolerance): boolean => {
  const [left, right] = [constantValue(a), constantValue(b)];
  if (!left || !right) return false;
  if (!complex.isDefined(left) || !complex.isDefined(right))
    return left.re === right.re && left.im === right.im && isInfinity(a) && isInfinity(b);
  if (agreeAt(left, right, tolerance) !== true) return false;
  const isLarge = complex.isReal(left) && Math.abs(left.re) > Number.MAX_SAFE_INTEGER;
  return !isLarge || hasDecimal(a) || hasDecimal(b) || sameExactly(a, b);
};

/** The sign \infty itself: a number too large for a double is no infinity. */
const isInfinity = (tree: Tree): boolean =>
  (tree.op === 'Symbol' && tree.name === 'PositiveInfinity') ||
  (tree.op === 'Call' && tree.head === 'Negate' && tree.args.every(isInfinity));

const hasDecimal = (tree: Tree): boolean =>
  someNode(tree, (node) => node.op === 'Number' && /[.e]/i.test(node.written));
const mayCancel = (tree: Tree): boolean =>
  someNode(tree, (node) => isCall(node, 'Add', 'Sum') || (node.op === 'Call' && node.head.startsWith('fn:')));

/**
 * Whether `a = 0` and `b = 0` say the same: one is a constant multiple of the other. With `sameSign` the factor must
 * be positive, as between inequalities.
 */
export const sameUpToFactor = (a: Tree, b: Tree, sameSign: boolean): boolean => {
  const names = isArithmetic(a) && isArithmetic(b) ? variableNames(a, b) : undefined;
  if (!names || names.length === 0) return false;
  let factor: Complex | undefined;
  let agreed = 0;
  for (const point of points(names)) {
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    if (!complex.isDefined(left) || !complex.isDefined(right)) continue;
    if (complex.size(left) < 1e-12 && complex.size(right) < 1e-12) continue; // a common zero says nothing of the factor
    const ratio = complex.divide(left, right);
    if (!complex.isDefined(ratio) || complex.size(ratio) < 1e-9) return false;
    factor ??= ratio;
    if (agreeAt(ratio, factor, { relative: 1e-8, absolute: 0 }) !== true) return false;
    agreed += 1;
  }
  return agreed >= MIN_POINTS && factor !== undefined && complex.isReal(factor) && (!sameSign || factor.re > 0);
};
