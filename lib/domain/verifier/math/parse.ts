/**
 * Reads a mathematical answer as a tree. Recursive descent over at most 600 tokens and 40 levels, so that its time is
 * linear in the text whatever the text is: the algebra engine's own reader of LaTeX takes exponential time on
 * unbalanced bars and brackets, and never sees the text.
 */
import { parseAtom, startsAtom } from './atoms';
import { type Cursor, cursorAt, fail, type Grammar, isMark, nested, peek, take } from './cursor';
import { tokenizeMath } from './lexer';
import { bare, call, type Relation, relations, type Tree } from './tree';

/** The tree of an expression, or undefined when it is none that we can read. */
export const parseMath = (text: string): Tree | undefined => {
  const tokens = tokenizeMath(text);
  if (!tokens || tokens.length === 0) return undefined;
  const cursor = cursorAt(tokens, grammar);
  const tree = parseStatements(cursor);
  return cursor.broken || cursor.at < tokens.length ? undefined : tree;
};

/** Statements between commas, semicolons or the word `or`; one alone is itself. */
const parseStatements = (cursor: Cursor): Tree => {
  const [first, ...others] = parseItems(cursor);
  return !first ? fail(cursor) : others.length === 0 ? first : bare([first, ...others]);
};

/** The statements themselves, none when a bracket closes at once. */
const parseItems = (cursor: Cursor): readonly Tree[] => {
  const items: Tree[] = [];
  do {
    while (items.length > 0 && isMark(cursor, ',', ';', 'or')) cursor.at += 1; // "1, 2, or 3"
    if (items.length === 0 && isMark(cursor, ')', ']', '}', '\\}')) return items;
    items.push(parseStatement(cursor));
  } while (isMark(cursor, ',', ';', 'or'));
  return items;
};

const isRelation = (text: string): text is Relation => (relations as readonly string[]).includes(text);

/** `a < b <= c`, `x = 3`, `x \in S`. */
const parseStatement = (cursor: Cursor): Tree => {
  const members = [parseSets(cursor)];
  const between: Relation[] = [];
  for (;;) {
    const token = peek(cursor);
    if (token?.type !== 'mark') break;
    if (token.text === 'in' && members.length === 1) {
      cursor.at += 1;
      return call('Element', ...members, parseSets(cursor));
    }
    if (!isRelation(token.text)) break;
    cursor.at += 1;
    between.push(token.text);
    members.push(parseSets(cursor));
  }
  const [only] = members;
  return only && between.length === 0 ? only : { op: 'Chain', args: members, relations: between };
};

const setHeads: Readonly<Record<string, string>> = { cup: 'Union', cap: 'Intersection', setminus: 'SetMinus' };

const parseSets = (cursor: Cursor): Tree => {
  let tree = parseSum(cursor);
  for (;;) {
    const token = peek(cursor);
    const head = token?.type === 'mark' ? setHeads[token.text] : undefined;
    if (!head) return tree;
    cursor.at += 1;
    tree = call(head, tree, parseSum(cursor));
  }
};

/** Terms with signs. Flat, so that a long sum does not nest. */
const parseSum = (cursor: Cursor): Tree => nested(cursor, readSum);

const readSum = (cursor: Cursor): Tree => {
  let terms: Tree[] = [];
  const signed = (): void => {
    if (take(cursor, 'pm')) terms = [plusMinus('PlusMinus', terms, parseProduct(cursor))];
    else if (take(cursor, 'mp')) terms = [plusMinus('MinusPlus', terms, parseProduct(cursor))];
    else if (take(cursor, '-')) terms.push(call('Negate', parseProduct(cursor)));
    else {
      take(cursor, '+');
      terms.push(parseProduct(cursor));
    }
  };
  signed();
  while (isMark(cursor, '+', '-', 'pm', 'mp')) signed();
  return sumOf(terms);
};

const sumOf = (terms: readonly Tree[]): Tree => {
  const [only] = terms;
  return only && terms.length === 1 ? only : call('Add', ...terms);
};

const plusMinus = (head: 'PlusMinus' | 'MinusPlus', before: readonly Tree[], term: Tree): Tree =>
  before.length === 0 ? call(head, term) : call(head, sumOf(before), term);

/** Factors, divisions and implied multiplication, from left to right. */
const parseProduct = (cursor: Cursor): Tree => {
  let factors: Tree[] = [parseSigned(cursor)];
  for (;;) {
    if (take(cursor, '*')) factors.push(parseSigned(cursor));
    else if (take(cursor, '/') || take(cursor, ':'))
      factors = [call('Divide', productOf(factors), parseSigned(cursor))];
    else if (take(cursor, 'mod')) factors = [call('Mod', productOf(factors), parseSigned(cursor))];
    else if (startsAtom(cursor)) factors.push(parsePower(cursor));
    else return productOf(factors);
  }
};

const productOf = (factors: readonly Tree[]): Tree => {
  const [first, second] = factors;
  if (!first || factors.length === 1) return first ?? bare([]);
  // A whole number beside a fraction of whole numbers is a mixed number.
  if (factors.length === 2 && isWhole(first) && second && isPlainFraction(second)) return call('Add', first, second);
  if (isDerivative(first)) return call('D', productOf(factors.slice(1)), first.args[1].args[1]);
  return call('Multiply', ...factors);
};

type Derivative = Tree & { readonly args: readonly [Tree, { readonly args: readonly [Tree, Tree] }] };

/** `\frac{d}{dx}` in front of what it derives. */
const isDerivative = (tree: Tree): tree is Derivative => {
  if (tree.op !== 'Call' || tree.head !== 'Fraction') return false;
  const [above, below] = tree.args;
  const [d, variable] = below?.op === 'Call' && below.head === 'Multiply' && below.args.length === 2 ? below.args : [];
  const isD = (part: Tree | undefined): boolean =>
    part?.op === 'Symbol' && (part.name === 'd' || part.name === 'partial');
  return isD(above) && isD(d) && variable?.op === 'Symbol';
};

const isWhole = (tree: Tree | undefined): boolean => tree?.op === 'Number' && Number.isInteger(tree.value);
const isPlainFraction = (tree: Tree): boolean =>
  tree.op === 'Call' && tree.head === 'Fraction' && isWhole(tree.args[0]) && isWhole(tree.args[1]);

const parseSigned = (cursor: Cursor): Tree => {
  let isNegative = false;
  for (;;) {
    if (take(cursor, '-')) isNegative = !isNegative;
    else if (!take(cursor, '+')) break;
  }
  const tree = parsePower(cursor);
  return isNegative ? call('Negate', tree) : tree;
};

/** An atom with what stands behind it: `!`, `%`, `°`, `^2`. */
const parsePower = (cursor: Cursor): Tree => {
  let tree = parseAtom(cursor);
  for (;;) {
    if (take(cursor, '!')) tree = call('Factorial', tree);
    else if (take(cursor, '%')) tree = call('Percent', tree);
    else if (take(cursor, '°')) tree = call('Degrees', tree);
    else if (isMark(cursor, '^')) {
      const exponent = parseExponent(cursor);
      if (!exponent) tree = call('Degrees', tree);
      else tree = call('Power', tree, exponent);
    } else return tree;
  }
};

/** The exponent behind `^`; undefined for `^\circ`, which makes degrees. */
const parseExponent = (cursor: Cursor): Tree | undefined => {
  cursor.at += 1;
  if (take(cursor, '°')) return undefined;
  const next = peek(cursor, 1);
  if (isMark(cursor, '{') && next?.type === 'mark' && next.text === '°') {
    cursor.at += 2;
    if (!take(cursor, '}')) fail(cursor);
    return undefined;
  }
  return nested(cursor, parseSignedPower);
};

/** Right to left: `2^3^2` is `2^(3^2)`. */
const parseSignedPower = (cursor: Cursor): Tree => {
  const isNegative = take(cursor, '-');
  take(cursor, '+');
  const base = parseAtom(cursor);
  const exponent = isMark(cursor, '^') ? parseExponent(cursor) : undefined;
  const tree = exponent ? call('Power', base, exponent) : base;
  return isNegative ? call('Negate', tree) : tree;
};

const grammar: Grammar = {
  statements: parseStatements,
  items: parseItems,
  statement: parseStatement,
  sum: parseSum,
  product: parseProduct,
  power: parsePower,
  exponent: parseExponent,
  atom: parseAtom,
};
