/**
 * What the Compute Engine does here: integrals, derivatives and limits in closed form, and exact arithmetic beyond
 * the whole numbers of a double. It gets trees that we have read and measured, never text, and a limit in time. It is
 * made and warmed on first use (0.3 to 0.5 s, once in a process): kinds which never need it do not wait for it.
 */
import { ComputeEngine, type MathJsonExpression } from '@cortex-js/compute-engine';
import { evaluate, isArithmetic } from './evaluate';
import { fromMathJson, toMathJson } from './math-json';
import { childrenOf, someNode, type Tree } from './tree';

/** Milliseconds for one question to the engine, several times what the largest tree that it gets has taken. */
const TIME_LIMIT_MS = 100;
const MAX_NODES = 80;
const MAX_DIGITS = 400;
const MAX_EXPONENT = 1_200;
const MAX_FACTORIAL = 200;

/** Integrals, limits and derivatives in one answer, beyond which it is not compared: each may take the whole limit. */
const MAX_QUESTIONS = 4;
const ENGINE_HEADS: ReadonlySet<string> = new Set(['Integrate', 'Limit', 'D']);

const needsEngine = (node: Tree): boolean => node.op === 'Call' && ENGINE_HEADS.has(node.head);
const countQuestions = (tree: Tree): number =>
  childrenOf(tree).reduce((sum, child) => sum + countQuestions(child), needsEngine(tree) ? 1 : 0);

/** Whether the engine can be asked about all of a tree in bounded time. */
export const isAffordable = (tree: Tree): boolean => countQuestions(tree) <= MAX_QUESTIONS;

let engine: ComputeEngine | undefined;

const ask = (tree: Tree): MathJsonExpression | undefined => {
  if (!isModest(tree)) return undefined;
  engine ??= warmEngine();
  const ce = engine;
  const asked = toMathJson(tree);
  if (asked === undefined) return undefined;
  ce.pushScope(); // what it infers about a variable is forgotten: no answer changes the verdict on another
  try {
    return ce.withTimeLimit(TIME_LIMIT_MS, () => ce.expr(asked).evaluate().json as MathJsonExpression);
  } catch {
    return undefined; // out of time, or a case that the engine does not know: no verdict from algebra
  } finally {
    ce.popScope();
  }
};

/** Its first limit fills tables for 0.2 s, which would count against the time of an answer. */
const warmEngine = (): ComputeEngine => {
  const ce = new ComputeEngine();
  ce.expr(['Limit', ['Function', ['Divide', ['Sin', 'x'], 'x'], 'x'], 0]).evaluate();
  ce.expr(['Integrate', ['Power', 'x', 2], ['Tuple', 'x', 0, 1]]).evaluate();
  return ce;
};

/** The tree in arithmetic that can be evaluated; undefined when the engine finds no such form. */
export const closedForm = (tree: Tree): Tree | undefined => {
  if (isArithmetic(tree)) return tree;
  if (!someNode(tree, needsEngine)) return undefined;
  const found = ask(tree);
  const closed = found === undefined ? undefined : fromMathJson(found);
  return closed && isArithmetic(closed) ? closed : undefined;
};

/** Whether two numbers too large for a double are the same to the last digit. True where they are too large to tell. */
export const sameExactly = (a: Tree, b: Tree): boolean => {
  const [left, right] = [ask(a), ask(b)];
  return left === undefined || right === undefined || JSON.stringify(left) === JSON.stringify(right);
};

const isModest = (tree: Tree): boolean => countNodes(tree) <= MAX_NODES && !someNode(tree, isHuge);

const countNodes = (tree: Tree): number => childrenOf(tree).reduce((sum, child) => sum + countNodes(child), 1);

const isHuge = (node: Tree): boolean => {
  if (node.op === 'Number') return node.written.length > MAX_DIGITS || /e/i.test(node.written);
  if (node.op !== 'Call') return false;
  const limit = node.head === 'Power' ? MAX_EXPONENT : node.head === 'Factorial' ? MAX_FACTORIAL : undefined;
  const bounded = node.head === 'Power' ? node.args[1] : node.args[0];
  if (limit === undefined || !bounded) return node.head === 'Binomial';
  const value = evaluate(bounded, new Map());
  return Number.isFinite(value.re) && Math.abs(value.re) > limit;
};
