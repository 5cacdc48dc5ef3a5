/** The value of a tree where its variables have values: complex numbers in double precision. Total and bounded. */

import type { Complex } from './complex';
import * as c from './complex';
import { gamma } from './gamma';
import { childrenOf, type Tree } from './tree';

/** Values of the variables by name. */
export type Point = ReadonlyMap<string, Complex>;

/** Sums and products of more terms are left undefined. */
const MAX_TERMS = 400;
/** Steps of one evaluation, so that sums inside sums stay bounded too. */
const MAX_STEPS = 8_000;

const constants: Readonly<Record<string, Complex>> = {
  Pi: c.real(Math.PI),
  ExponentialE: c.real(Math.E),
  ImaginaryUnit: { re: 0, im: 1 },
  PositiveInfinity: c.real(Number.POSITIVE_INFINITY),
};

/** NaN where the tree has no value here: outside a domain, too large, or not arithmetic. */
export const evaluate = (tree: Tree, point: Point): Complex => valueAt(tree, { point, steps: { left: MAX_STEPS } });

type Scope = { readonly point: Point; readonly steps: { left: number } };

const valueAt = (tree: Tree, scope: Scope): Complex => {
  scope.steps.left -= 1;
  if (scope.steps.left < 0) return c.undefinedValue;
  if (tree.op === 'Number') return c.real(tree.value);
  if (tree.op === 'Symbol') return scope.point.get(tree.name) ?? constants[tree.name] ?? c.undefinedValue;
  if (tree.op !== 'Call') return c.undefinedValue;
  if (tree.head === 'Sum' || tree.head === 'Product') return series(tree.head, tree.args, scope);
  if (tree.head === 'Apply') return applied(tree.args, scope);
  const rule = rules[tree.head];
  return rule ? rule(...tree.args.map((arg) => valueAt(arg, scope))) : c.undefinedValue;
};

type Rule = (...args: readonly Complex[]) => Complex;

const unary =
  (rule: (z: Complex) => Complex): Rule =>
  (z) =>
    z ? rule(z) : c.undefinedValue;

const binary =
  (rule: (a: Complex, b: Complex) => Complex): Rule =>
  (a, b) =>
    a && b ? rule(a, b) : c.undefinedValue;

/** A function of real numbers only. */
const ofReal = (rule: (x: number) => number): Rule =>
  unary((z) => (c.isReal(z) ? c.real(rule(z.re)) : c.undefinedValue));

const ofReals =
  (rule: (...values: readonly number[]) => number): Rule =>
  (...args) =>
    args.length > 0 && args.every(c.isReal) ? c.real(rule(...args.map(({ re }) => re))) : c.undefinedValue;

const reciprocal = (rule: (z: Complex) => Complex): Rule => unary((z) => c.divide(c.real(1), rule(z)));
const tan = (z: Complex): Complex => c.divide(c.sin(z), c.cos(z));
const hyperbolic =
  (sign: 1 | -1) =>
  (z: Complex): Complex =>
    c.multiply(c.real(0.5), c.add(c.exp(z), c.multiply(c.real(sign), c.exp(c.negate(z)))));
const [cosh, sinh] = [hyperbolic(1), hyperbolic(-1)];

const gcd = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return Number.NaN;
  while (y > 0) [x, y] = [y, x % y];
  return x;
};

const root = (z: Complex, degree: Complex): Complex =>
  z.im === 0 && z.re < 0 && degree.im === 0 && Math.abs(degree.re % 2) === 1
    ? c.real(-((-z.re) ** (1 / degree.re)))
    : c.power(z, c.divide(c.real(1), degree));

const logarithm: Rule = (z, base) => {
  if (!z) return c.undefinedValue;
  return base ? c.divide(c.ln(z), c.ln(base)) : c.divide(c.ln(z), c.real(Math.LN10));
};

const factorial = (x: number): number => gamma(x + 1);

const rules: Readonly<Record<string, Rule>> = {
  Add: (...args) => args.reduce(c.add),
  Multiply: (...args) => args.reduce(c.multiply),
  Negate: unary(c.negate),
  Divide: binary(c.divide),
  Fraction: binary(c.divide),
  Power: binary(c.power),
  Sqrt: unary(c.sqrt),
  Root: binary(root),
  Abs: unary((z) => c.real(c.size(z))),
  Conjugate: unary((z) => ({ re: z.re, im: -z.im })),
  Percent: unary((z) => c.multiply(z, c.real(0.01))),
  Degrees: unary((z) => c.multiply(z, c.real(Math.PI / 180))),
  Floor: ofReal(Math.floor),
  Ceil: ofReal(Math.ceil),
  Factorial: ofReal(factorial),
  Binomial: ofReals((n = Number.NaN, k = Number.NaN) => factorial(n) / (factorial(k) * factorial(n - k))),
  Mod: ofReals((a = Number.NaN, b = Number.NaN) => ((a % b) + b) % b),
  'fn:sin': unary(c.sin),
  'fn:cos': unary(c.cos),
  'fn:tan': unary(tan),
  'fn:cot': reciprocal(tan),
  'fn:sec': reciprocal(c.cos),
  'fn:csc': reciprocal(c.sin),
  'fn:sinh': unary(sinh),
  'fn:cosh': unary(cosh),
  'fn:tanh': unary((z) => c.divide(sinh(z), cosh(z))),
  'fn:coth': unary((z) => c.divide(cosh(z), sinh(z))),
  'fn:arcsin': unary(c.arcsin),
  'fn:asin': unary(c.arcsin),
  'fn:arccos': unary((z) => c.subtract(c.real(Math.PI / 2), c.arcsin(z))),
  'fn:acos': unary((z) => c.subtract(c.real(Math.PI / 2), c.arcsin(z))),
  'fn:arctan': unary(c.arctan),
  'fn:atan': unary(c.arctan),
  'fn:arccot': unary((z) => c.subtract(c.real(Math.PI / 2), c.arctan(z))),
  'fn:ln': unary(c.ln),
  'fn:log': logarithm,
  'fn:lg': unary((z) => c.divide(c.ln(z), c.real(Math.LN10))),
  'fn:exp': unary(c.exp),
  'fn:sqrt': unary(c.sqrt),
  'fn:cbrt': unary((z) => root(z, c.real(3))),
  'fn:abs': unary((z) => c.real(c.size(z))),
  'fn:floor': ofReal(Math.floor),
  'fn:ceil': ofReal(Math.ceil),
  'fn:sgn': ofReal(Math.sign),
  'fn:max': ofReals(Math.max),
  'fn:min': ofReals(Math.min),
  'fn:gcd': ofReals((...values) => values.reduce(gcd)),
  'fn:lcm': ofReals((...values) => values.reduce((a, b) => (a * b) / gcd(a, b))),
  'fn:re': unary((z) => c.real(z.re)),
  'fn:im': unary((z) => c.real(z.im)),
  'fn:arg': unary((z) => c.real(Math.atan2(z.im, z.re))),
};

/** Whether the evaluator knows every head: a tree with another one is for the algebra engine. */
export const isArithmetic = (tree: Tree): boolean => {
  if (tree.op === 'Number' || tree.op === 'Symbol') return true;
  const known = tree.op === 'Call' && (tree.head in rules || ['Sum', 'Product', 'Apply'].includes(tree.head));
  return known && childrenOf(tree).every(isArithmetic);
};

const series = (head: 'Sum' | 'Product', args: readonly Tree[], scope: Scope): Complex => {
  const [body, index, from, to] = args;
  if (!body || index?.op !== 'Symbol' || !from || !to) return c.undefinedValue;
  const [first, last] = [valueAt(from, scope), valueAt(to, scope)];
  const isRange = Number.isInteger(first.re) && Number.isInteger(last.re) && c.isReal(first) && c.isReal(last);
  if (!isRange || last.re - first.re >= MAX_TERMS) return c.undefinedValue;
  let total = c.real(head === 'Sum' ? 0 : 1);
  for (let k = first.re; k <= last.re; k += 1) {
    const point = new Map(scope.point).set(index.name, c.real(k));
    const term = valueAt(body, { ...scope, point });
    total = head === 'Sum' ? c.add(total, term) : c.multiply(total, term);
  }
  return total;
};

/** A function that is only named, `f(x)`: some smooth function that no rule of algebra relates to others. */
const applied = (args: readonly Tree[], scope: Scope): Complex => {
  const [name, ...rest] = args;
  if (name?.op !== 'Symbol') return c.undefinedValue;
  let seed = 0;
  for (const char of name.name) seed = (seed * 31 + char.charCodeAt(0)) % 97;
  const phase = rest.reduce(
    (sum, arg, i) => c.add(sum, c.multiply(c.real(1.37 + i), valueAt(arg, scope))),
    c.real(seed),
  );
  return c.add(c.sin(phase), c.multiply(c.real(0.21), c.cos(c.multiply(phase, c.real(0.43)))));
};
