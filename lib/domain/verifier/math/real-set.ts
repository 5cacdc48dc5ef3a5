/** Sets of real numbers as sorted pieces: intervals, points, unions, and the inequalities that describe them. */
import { constantValue } from './scalar';
import type { Relation, Tree } from './tree';

type Piece = { readonly from: number; readonly to: number; readonly openFrom: boolean; readonly openTo: boolean };
export type RealSet = readonly Piece[];

const everything: Piece = { from: -Infinity, to: Infinity, openFrom: true, openTo: true };

/** Whether a tree can only mean a set of reals: a tuple `(1, 2)` alone may be a point too. */
export const isClearlySet = (tree: Tree): boolean => {
  if (tree.op === 'Call') return ['Union', 'Intersection', 'SetMinus'].includes(tree.head);
  if (tree.op === 'Symbol') return tree.name === 'RealNumbers';
  if (tree.op === 'Chain') return tree.relations.some((relation) => relation !== '=');
  if (tree.op !== 'List') return false;
  return tree.open === ''
    ? tree.args.length > 0 && tree.args.every(isClearlySet)
    : isHalfOpen(tree) || hasInfinity(tree);
};

const isHalfOpen = ({ open, close }: Tree & { op: 'List' }): boolean =>
  (open === '(' && close === ']') || (open === '[' && close === ')');
const hasInfinity = (tree: Tree & { op: 'List' }): boolean =>
  tree.open !== '{' && tree.args.some((arg) => Math.abs(constantValue(arg)?.re ?? 0) === Infinity);

/** The set that a tree describes; undefined when it describes none, or its ends are no numbers. */
export const toRealSet = (tree: Tree): RealSet | undefined => {
  if (tree.op === 'Symbol') return tree.name === 'RealNumbers' ? [everything] : undefined;
  if (tree.op === 'Chain') return fromChain(tree);
  if (tree.op === 'List') return fromList(tree);
  if (tree.op !== 'Call') return undefined;
  const [first, second] = tree.args;
  const left = first && toRealSet(first);
  const right = second && toRealSet(second);
  if (!left || !right) return undefined;
  if (tree.head === 'Union') return merge([...left, ...right]);
  if (tree.head === 'Intersection') return intersect(left, right);
  return tree.head === 'SetMinus' ? intersect(left, complement(right)) : undefined;
};

const numberOf = (tree: Tree | undefined): number | undefined => {
  const value = tree && constantValue(tree);
  return value && value.im === 0 ? value.re : undefined;
};

const fromList = (tree: Tree & { op: 'List' }): RealSet | undefined => {
  if (tree.open === '{') {
    const numbers = tree.args.map(numberOf);
    if (!numbers.every((value) => value !== undefined)) return undefined;
    return merge(numbers.map((value) => ({ from: value, to: value, openFrom: false, openTo: false })));
  }
  if (tree.open === '') return fromConditions(tree.args);
  const [from, to] = tree.args.map(numberOf);
  if (tree.args.length !== 2 || from === undefined || to === undefined || from > to) return undefined;
  return [piece(from, to, tree.open === '(', tree.close === ')')];
};

/** `x < 1 or x > 2` is a union; conditions that overlap can only have been meant to hold together. */
const fromConditions = (conditions: readonly Tree[]): RealSet | undefined => {
  const sets = conditions.map(toRealSet);
  if (sets.length === 0 || !sets.every((set) => set !== undefined)) return undefined;
  const together = sets.reduce(intersect);
  return together.length > 0 ? together : merge(sets.flat());
};

const piece = (from: number, to: number, openFrom: boolean, openTo: boolean): Piece => ({
  from,
  to,
  openFrom: openFrom || from === -Infinity,
  openTo: openTo || to === Infinity,
});

/** A chain with one variable between or beside numbers. */
const fromChain = ({ args, relations }: Tree & { op: 'Chain' }): RealSet | undefined => {
  let set: RealSet = [everything];
  for (const [i, relation] of relations.entries()) {
    const [left, right] = [numberOf(args[i]), numberOf(args[i + 1])];
    const bound = left ?? right;
    if (bound === undefined || (left !== undefined && right !== undefined)) return undefined;
    if ((left === undefined ? args[i] : args[i + 1])?.op !== 'Symbol') return undefined;
    set = intersect(set, halfLine(left === undefined ? relation : mirrored[relation], bound));
  }
  return set;
};

const mirrored: Readonly<Record<Relation, Relation>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
};

/** All x with `x relation bound`. */
const halfLine = (relation: Relation, bound: number): RealSet => {
  if (relation === '=') return [piece(bound, bound, false, false)];
  if (relation === '!=') return [piece(-Infinity, bound, true, true), piece(bound, Infinity, true, true)];
  const isOpen = relation === '<' || relation === '>';
  return relation.startsWith('<') ? [piece(-Infinity, bound, true, isOpen)] : [piece(bound, Infinity, isOpen, true)];
};

/** Sorted, with pieces that meet joined. */
const merge = (pieces: readonly Piece[]): RealSet => {
  const merged: Piece[] = [];
  for (const next of pieces.toSorted((a, b) => a.from - b.from || Number(a.openFrom) - Number(b.openFrom))) {
    const last = merged.at(-1);
    const meets = last && (next.from < last.to || (next.from === last.to && !(next.openFrom && last.openTo)));
    if (!last || !meets) merged.push(next);
    else if (next.to > last.to) merged[merged.length - 1] = { ...last, to: next.to, openTo: next.openTo };
    else if (next.to === last.to) merged[merged.length - 1] = { ...last, openTo: last.openTo && next.openTo };
  }
  return merged;
};

const intersect = (a: RealSet, b: RealSet): RealSet =>
  a.flatMap((left) =>
    b.flatMap((right) => {
      const from = Math.max(left.from, right.from);
      const to = Math.min(left.to, right.to);
      const openFrom = (left.from === from && left.openFrom) || (right.from === from && right.openFrom);
      const openTo = (left.to === to && left.openTo) || (right.to === to && right.openTo);
      return from < to || (from === to && !openFrom && !openTo) ? [{ from, to, openFrom, openTo }] : [];
    }),
  );

const complement = (set: RealSet): RealSet =>
  set.reduce<RealSet>(
    (rest, { from, to, openFrom, openTo }) =>
      intersect(rest, [
        ...(from === -Infinity ? [] : [piece(-Infinity, from, true, !openFrom)]),
        ...(to === Infinity ? [] : [piece(to, Infinity, !openTo, true)]),
      ]),
    [everything],
  );

/** Equal piece by piece, ends to 1e-9 of their size. */
export const sameRealSet = (a: RealSet, b: RealSet): boolean =>
  a.length === b.length &&
  a.every((left, i) => {
    const right = b[i];
    if (!right || left.openFrom !== right.openFrom || left.openTo !== right.openTo) return false;
    return sameEnd(left.from, right.from) && sameEnd(left.to, right.to);
  });

/** An infinite end is met by itself only: its distance to any other is within any share of it. */
const sameEnd = (a: number, b: number): boolean =>
  a === b || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)));
