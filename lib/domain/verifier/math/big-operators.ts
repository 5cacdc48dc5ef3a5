/** Sums, products, integrals, limits and matrices. */
import { type Cursor, expect, fail, isMark, peek, take } from './cursor';
import { bare, call, numeral, type Tree } from './tree';

/** `\sum_{k=1}^{n} k`, `\int_0^1 x^2 \, dx`, `\lim_{x\to 0} x`. */
export const parseBigOperator = (cursor: Cursor, name: string): Tree => {
  if (name === 'lim') return parseLimit(cursor);
  const below = take(cursor, '_') ? parseBound(cursor) : undefined;
  const above = isMark(cursor, '^') ? cursor.grammar.exponent(cursor) : undefined;
  if (name === 'sum' || name === 'prod') return parseSeries(cursor, name, below, above);
  return name === 'int' ? parseIntegral(cursor, below, above) : fail(cursor);
};

const parseBound = (cursor: Cursor): Tree => {
  if (!take(cursor, '{')) return cursor.grammar.atom(cursor);
  const tree = cursor.grammar.statement(cursor);
  expect(cursor, '}');
  return tree;
};

const parseSeries = (cursor: Cursor, name: string, below: Tree | undefined, above: Tree | undefined): Tree => {
  const [index, from] = below?.op === 'Chain' && below.relations[0] === '=' ? below.args : [];
  if (!above || index?.op !== 'Symbol' || !from) return fail(cursor);
  return call(name === 'sum' ? 'Sum' : 'Product', cursor.grammar.product(cursor), index, from, above);
};

/** The integrand ends before `dx`: the letters d and x, the last of the product. */
const parseIntegral = (cursor: Cursor, below: Tree | undefined, above: Tree | undefined): Tree => {
  const integrand = cursor.grammar.sum(cursor);
  const split = splitDifferential(integrand);
  if (!split) return fail(cursor);
  return call('Integrate', split.integrand, split.variable, ...(below && above ? [below, above] : []));
};

const splitDifferential = (tree: Tree): { integrand: Tree; variable: Tree } | undefined => {
  if (tree.op !== 'Call') return undefined;
  if (tree.head === 'Add') {
    const last = splitDifferential(tree.args.at(-1) ?? bare([]));
    return last && { ...last, integrand: call('Add', ...tree.args.slice(0, -1), last.integrand) };
  }
  const [d, variable] = tree.args.slice(-2);
  if (tree.head !== 'Multiply' || d?.op !== 'Symbol' || d.name !== 'd' || variable?.op !== 'Symbol') return undefined;
  const factors = tree.args.slice(0, -2);
  return { variable, integrand: factors.length === 0 ? numeral('1') : call('Multiply', ...factors) };
};

const parseLimit = (cursor: Cursor): Tree => {
  expect(cursor, '_');
  expect(cursor, '{');
  const variable = cursor.grammar.atom(cursor);
  expect(cursor, 'to');
  const point = cursor.grammar.sum(cursor);
  expect(cursor, '}');
  return call('Limit', cursor.grammar.product(cursor), variable, point);
};

const matrixNames: ReadonlySet<string> = new Set('matrix pmatrix bmatrix Bmatrix smallmatrix array'.split(' '));

/** `\begin{pmatrix}1&2\\3&4\end{pmatrix}`, and `cases` or `aligned` as a list of their lines. */
export const parseMatrix = (cursor: Cursor): Tree => {
  const name = environmentName(cursor);
  if (name === 'array' && take(cursor, '{')) while (peek(cursor) && !take(cursor, '}')) cursor.at += 1;
  const rows = [parseRow(cursor)];
  while (take(cursor, '\\\\') && !isEnd(cursor)) rows.push(parseRow(cursor));
  if (!isEnd(cursor)) fail(cursor);
  cursor.at += 1;
  environmentName(cursor);
  return matrixNames.has(name) ? { op: 'Matrix', rows } : bare(rows.flat());
};

const parseRow = (cursor: Cursor): readonly Tree[] => {
  const cells = [cursor.grammar.statements(cursor)];
  while (take(cursor, '&')) cells.push(cursor.grammar.statements(cursor));
  return cells;
};

const isEnd = (cursor: Cursor): boolean => {
  const token = peek(cursor);
  return token?.type === 'command' && token.text === 'end';
};

const environmentName = (cursor: Cursor): string => {
  expect(cursor, '{');
  let name = '';
  while (!cursor.broken && !isMark(cursor, '}')) {
    const token = peek(cursor);
    if (!token) fail(cursor);
    else name += token.text;
    cursor.at += 1;
  }
  expect(cursor, '}');
  return name;
};
