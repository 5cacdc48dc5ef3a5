/** Whether two answers that have been read as trees say the same: lists, sets, equations, inequalities, matrices. */
import { isClearlySet, sameRealSet, toRealSet } from './real-set';
import { sameRounded } from './rounded';
import { sameScalar, sameUpToFactor, variablesOf } from './scalar';
import { expandPlusMinus, plainUnits } from './simplify';
import { bare, call, isCall, type Relation, type Tree } from './tree';

/** Members of a set are matched with one another: more of them are compared in order. */
const MAX_UNORDERED = 32;

type Chain = Tree & { readonly op: 'Chain' };
type List = Tree & { readonly op: 'List' };

/** `answer` against `truth`; how an equation or a unit counts depends on whether the truth has one too. */
export const sameTree = (answer: Tree, truth: Tree): boolean => {
  const [a, b] = [expandPlusMinus(withoutElement(answer)), expandPlusMinus(withoutElement(truth))];
  if (isClearlySet(a) || isClearlySet(b)) {
    const [left, right] = [toRealSet(a), toRealSet(b)];
    if (left && right) return sameVariables(a, b) && sameRealSet(left, right);
  }
  if (a.op === 'Chain' || b.op === 'Chain') return sameRelations(a, b);
  if (isCall(a, 'Union') && isCall(b, 'Union')) return sameUnordered(membersOf(a), membersOf(b));
  if (a.op === 'Matrix' || b.op === 'Matrix') return sameMatrices(a, b);
  if (a.op === 'List' || b.op === 'List') return sameLists(asList(a), asList(b));
  return sameWithUnits(a, b);
};

/** `x \in S` says what S says. */
const withoutElement = (tree: Tree): Tree =>
  tree.op === 'Call' && tree.head === 'Element' ? (tree.args[1] ?? tree) : tree;

/** An interval and an inequality agree whatever the variable is called; two inequalities must name the same. */
const sameVariables = (a: Tree, b: Tree): boolean => {
  const [left, right] = [variablesOf(a), variablesOf(b)];
  return left.size === 0 || right.size === 0 || [...left].join() === [...right].join();
};

const isEquation = (tree: Tree): tree is Chain =>
  tree.op === 'Chain' && tree.relations.every((relation) => relation === '=');
const isName = (tree: Tree | undefined): boolean =>
  tree?.op === 'Symbol' ||
  tree?.op === 'Words' ||
  (tree?.op === 'Call' &&
    ['Apply', 'Multiply'].includes(tree.head) &&
    tree.args.every((arg) => isName(arg) || tree.head === 'Apply'));
const isAssignment = (tree: Tree): tree is Chain => isEquation(tree) && isName(tree.args[0]);
const lastOf = (tree: Chain): Tree => tree.args.at(-1) ?? bare([]);

/** `x = 3` says 3 where the truth is no equation; a truth `x = 3` is met by 3. */
const sameRelations = (answer: Tree, truth: Tree): boolean => {
  if (isEquation(answer) && truth.op !== 'Chain') return sameTree(lastOf(answer), truth);
  if (isAssignment(truth) && answer.op !== 'Chain') return sameTree(answer, lastOf(truth));
  if (answer.op !== 'Chain' || truth.op !== 'Chain') return false;
  if (isAssignment(answer) && isAssignment(truth)) {
    const [left, right] = [answer.args[0], truth.args[0]];
    const isWords = left?.op === 'Words' || right?.op === 'Words';
    if (isWords || (left && right && sameName(left, right))) return sameTree(lastOf(answer), lastOf(truth));
  }
  return sameChains(answer, truth);
};

const sameName = (a: Tree, b: Tree): boolean =>
  a.op === 'Symbol' && b.op === 'Symbol' ? a.name === b.name : sameScalar(a, b);

/** The chain read from small to large: `a > b = c` is `c = b < a`. */
const ascending = (chain: Chain): Chain => {
  if (!chain.relations.some((relation) => relation.startsWith('>'))) return chain;
  const mirror: Readonly<Record<string, Relation>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };
  const relations = chain.relations.toReversed().map((relation) => mirror[relation] ?? relation);
  return { ...chain, args: chain.args.toReversed(), relations };
};

/** Two members each: equal up to a factor, once everything stands on one side. More: member by member. */
const sameChains = (a: Chain, b: Chain): boolean => {
  const [left, right] = [ascending(a), ascending(b)];
  if (left.relations.join() !== right.relations.join()) return false;
  const isOrdered = !/^!?=$/.test(left.relations.join());
  if (left.args.length === 2) return sameUpToFactor(difference(left.args), difference(right.args), isOrdered);
  return left.args.every((member, i) => sameTree(member, right.args[i] ?? bare([])));
};

const difference = ([a, b]: readonly Tree[]): Tree => call('Add', a ?? bare([]), call('Negate', b ?? bare([])));

const membersOf = (tree: Tree): readonly Tree[] =>
  tree.op === 'Call' && tree.head === 'Union' ? tree.args.flatMap(membersOf) : [tree];

const sameMatrices = (a: Tree, b: Tree): boolean => {
  const [left, right] = [rowsOf(a), rowsOf(b)];
  if (!left || !right) return false;
  const vectors = a.op !== b.op && isVector(left) && isVector(right);
  return vectors
    ? sameOrdered(left.flat(), right.flat())
    : left.length === right.length && left.every((row, i) => sameOrdered(row, right[i] ?? []));
};

/** A matrix, or a list of lists in its place, or a tuple for a single row or column. */
const rowsOf = (tree: Tree): readonly (readonly Tree[])[] | undefined => {
  if (tree.op === 'Matrix') return tree.rows;
  if (tree.op !== 'List' || tree.open === '{') return undefined;
  return tree.args.map((arg) => (arg.op === 'List' ? arg.args : [arg]));
};

const isVector = (rows: readonly (readonly Tree[])[]): boolean =>
  rows.length === 1 || rows.every((row) => row.length === 1);

const asList = (tree: Tree): List => (tree.op === 'List' ? tree : { op: 'List', open: '', close: '', args: [tree] });

const sameLists = (a: List, b: List): boolean => {
  const [left, right] = [flat(a), flat(b)];
  if (a.open === '{' || b.open === '{' || (a.open === '' && b.open === '')) {
    const isSet = [a, b].every(({ open }) => open === '{' || open === '');
    return isSet && (left.length <= MAX_UNORDERED ? sameUnordered(left, right) : sameOrdered(left, right));
  }
  const sameBrackets = a.open === b.open && a.close === b.close;
  return (sameBrackets || a.open === '' || b.open === '') && sameOrdered(left, right);
};

/** Members, with `\pm` and lists without brackets spread out. */
const flat = (list: List): readonly Tree[] =>
  list.args.flatMap((arg) => {
    const expanded = expandPlusMinus(arg);
    return expanded.op === 'List' && expanded.open === '' ? expanded.args : [expanded];
  });

const sameOrdered = (a: readonly Tree[], b: readonly Tree[]): boolean =>
  a.length === b.length && a.every((item, i) => sameTree(item, b[i] ?? bare([])));

/**
 * Every member of each is in the other: how often a member is written does not matter. A pair is compared once for both
 * directions: comparing it twice would double the time with every level of sets inside sets.
 */
const sameUnordered = (a: readonly Tree[], b: readonly Tree[]): boolean => {
  if (Math.max(a.length, b.length) > MAX_UNORDERED) return false;
  const known = new Map<number, boolean>();
  const same = (item: Tree, i: number, other: Tree, j: number): boolean => {
    const pair = i * MAX_UNORDERED + j;
    const found = known.get(pair) ?? sameTree(item, other);
    known.set(pair, found);
    return found;
  };
  return (
    a.every((item, i) => b.some((other, j) => same(item, i, other, j))) &&
    b.every((other, j) => a.some((item, i) => same(item, i, other, j)))
  );
};

const sameWithUnits = (answer: Tree, truth: Tree): boolean => {
  const [a, b] = [plainUnits(answer), plainUnits(truth)];
  if (a.words !== '' && b.words !== '') {
    if (a.factor !== undefined && b.factor !== undefined) {
      if (a.dimension !== b.dimension) return false;
      return sameScalar(call('Multiply', a.tree, a.factor), call('Multiply', b.tree, b.factor));
    }
    if (a.tree.op === 'Words' || b.tree.op === 'Words') return a.words === b.words && a.tree.op === b.tree.op;
  }
  return sameNumbers(a.tree, b.tree);
};

/** Percent and degrees may stand on one side only, where the other gives the bare number. */
const sameNumbers = (a: Tree, b: Tree): boolean => {
  if (sameScalar(a, b) || sameRounded(a, b)) return true;
  for (const mark of ['Percent', 'Degrees']) {
    const [left, right] = [unmarked(a, mark), unmarked(b, mark)];
    if (left && !right && sameScalar(left, b)) return true;
    if (right && !left && sameScalar(a, right)) return true;
  }
  return false;
};

const unmarked = (tree: Tree, mark: string): Tree | undefined => {
  if (tree.op !== 'Call') return undefined;
  if (tree.head === mark) return tree.args[0];
  const inner = tree.head === 'Negate' && tree.args[0] ? unmarked(tree.args[0], mark) : undefined;
  return inner && call('Negate', inner);
};
