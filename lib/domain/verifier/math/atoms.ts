/** The parts of an expression that no sign joins: numbers, names, brackets, functions, fractions, roots. */
import { parseBigOperator, parseMatrix } from './big-operators';
import { type Cursor, expect, fail, isMark, nested, peek, take } from './cursor';
import { functionNames } from './lexicon';
import { bare, type Close, call, numeral, type Open, symbol, type Tree } from './tree';

const openers = ['(', '[', '{', '\\{', 'lfloor', 'lceil'];

/** Whether a factor may begin here: what stands beside something without a sign is multiplied. */
export const startsAtom = (cursor: Cursor): boolean => {
  const token = peek(cursor);
  if (!token) return false;
  if (token.type === 'command') return token.text !== 'end';
  if (token.type !== 'mark') return true;
  return openers.includes(token.text) || (token.text === '|' && cursor.bars === 0);
};

/** One atom. Breaks the cursor where none begins. */
export const parseAtom = (cursor: Cursor): Tree => {
  const token = peek(cursor);
  if (!token) return fail(cursor);
  cursor.at += 1;
  if (token.type === 'number') return parseNumber(cursor, token.text);
  if (token.type === 'words') return { op: 'Words', name: token.text };
  if (token.type === 'command') return nested(cursor, (inner) => parseCommand(inner, token.text));
  if (token.type === 'name') return parseName(cursor, token.text);
  return nested(cursor, (inner) => parseBracket(inner, token.text));
};

/** A number, with a bar over its last digits where they repeat: `0.1\overline{6}`. */
const parseNumber = (cursor: Cursor, written: string): Tree => {
  const [command, open, digits, close] = [peek(cursor), peek(cursor, 1), peek(cursor, 2), peek(cursor, 3)];
  const repeats =
    command?.type === 'command' && command.text === 'overline' && open?.text === '{' && digits?.type === 'number';
  if (!repeats || close?.text !== '}' || !/^\d+$/.test(digits.text) || digits.text.length > 12) {
    return Number.isFinite(Number(written)) ? numeral(written) : fail(cursor);
  }
  cursor.at += 4;
  const decimals = written.includes('.') ? written.length - written.indexOf('.') - 1 : 0;
  const period = call('Divide', numeral(digits.text), numeral(`${10 ** digits.text.length - 1}`));
  return call(
    'Add',
    call('Divide', numeral(written.replace('.', '')), numeral(`1${'0'.repeat(decimals)}`)),
    call('Divide', period, numeral(`1${'0'.repeat(decimals)}`)),
  );
};

const parseBracket = (cursor: Cursor, open: string): Tree => {
  if (open === '(' || open === '[') return parseTuple(cursor, open);
  if (open === '\\{') return closeSet(cursor, cursor.grammar.items(cursor), '\\}');
  if (open === '{') return parseGroup(cursor);
  if (open === '|') return parseBars(cursor);
  if (open === 'lfloor' || open === 'lceil') {
    const inner = cursor.grammar.sum(cursor);
    expect(cursor, open === 'lfloor' ? 'rfloor' : 'rceil');
    return call(open === 'lfloor' ? 'Floor' : 'Ceil', inner);
  }
  return fail(cursor);
};

/** Round and square brackets: one thing alone is only grouped, several make a tuple, a list or an interval. */
const parseTuple = (cursor: Cursor, open: Open): Tree => {
  const { bars } = cursor;
  cursor.bars = 0;
  const items = cursor.grammar.items(cursor);
  cursor.bars = bars;
  const close: Close = isMark(cursor, ')') ? ')' : ']';
  expect(cursor, close);
  const [only] = items;
  return only && items.length === 1 ? only : { op: 'List', open, close, args: items };
};

/** Braces group in LaTeX; with commas between, `{1, 2}` is a set that somebody wrote in plain text. */
const parseGroup = (cursor: Cursor): Tree => {
  const { bars } = cursor;
  cursor.bars = 0;
  const items = cursor.grammar.items(cursor);
  cursor.bars = bars;
  const [only] = items;
  if (!only || items.length > 1) return closeSet(cursor, items, '}');
  expect(cursor, '}');
  return only;
};

const closeSet = (cursor: Cursor, items: readonly Tree[], close: string): Tree => {
  expect(cursor, close);
  return { op: 'List', open: '{', close: '}', args: items };
};

const parseBars = (cursor: Cursor): Tree => {
  cursor.bars += 1;
  const inner = cursor.grammar.sum(cursor);
  cursor.bars -= 1;
  expect(cursor, '|');
  return call('Abs', inner);
};

/** `{…}` or a single atom. */
const parseArgument = (cursor: Cursor): Tree => {
  if (!take(cursor, '{')) return parseAtom(cursor);
  const tree = cursor.grammar.statements(cursor);
  expect(cursor, '}');
  return tree;
};

const parseCommand = (cursor: Cursor, name: string): Tree => {
  if (/frac$/.test(name)) return call('Fraction', parseArgument(cursor), parseArgument(cursor));
  if (/binom$/.test(name)) return call('Binomial', parseArgument(cursor), parseArgument(cursor));
  if (name === 'sqrt') {
    const degree = take(cursor, '[') ? cursor.grammar.sum(cursor) : undefined;
    if (degree) expect(cursor, ']');
    const radicand = parseArgument(cursor);
    return degree ? call('Root', radicand, degree) : call('Sqrt', radicand);
  }
  if (name === 'overline') return call('Conjugate', parseArgument(cursor));
  if (name === 'begin') return parseMatrix(cursor);
  return name === 'end' ? fail(cursor) : parseBigOperator(cursor, name);
};

const constants: Readonly<Record<string, Tree>> = {
  pi: symbol('Pi'),
  e: symbol('ExponentialE'),
  i: symbol('ImaginaryUnit'),
  imath: symbol('ImaginaryUnit'),
  infty: symbol('PositiveInfinity'),
  infinity: symbol('PositiveInfinity'),
  emptyset: { op: 'List', open: '{', close: '}', args: [] },
  varnothing: { op: 'List', open: '{', close: '}', args: [] },
  'set-R': symbol('RealNumbers'),
};

const parseName = (cursor: Cursor, name: string): Tree => {
  if (functionNames.has(name)) return nested(cursor, (inner) => parseFunction(inner, name));
  const constant = isMark(cursor, '_') ? undefined : constants[name];
  if (constant) return constant;
  const full = take(cursor, '_') ? `${name}_${readSubscript(cursor)}` : name;
  let primes = '';
  while (take(cursor, "'")) primes += "'";
  const isFunction = /^[fghFG]'*$/.test(full + primes) && isMark(cursor, '(');
  if (!isFunction) return symbol(full + primes);
  cursor.at += 1;
  const args = cursor.grammar.items(cursor);
  expect(cursor, ')');
  return call('Apply', symbol(full + primes), ...args);
};

const readSubscript = (cursor: Cursor): string => {
  const token = peek(cursor);
  cursor.at += 1;
  if (token && token.type !== 'mark') return token.text;
  if (token?.text !== '{') fail(cursor);
  let name = '';
  while (!cursor.broken && !take(cursor, '}')) {
    const inner = peek(cursor);
    if (!inner || inner.text === '{') fail(cursor);
    else name += inner.text;
    cursor.at += 1;
  }
  return name;
};

const inverses: Readonly<Record<string, string>> = { sin: 'arcsin', cos: 'arccos', tan: 'arctan' };
const several: ReadonlySet<string> = new Set(['max', 'min', 'gcd', 'lcm']);

/** A function with its base (`\log_2`), its power (`\sin^2 x`) and its argument, in brackets or beside it. */
const parseFunction = (cursor: Cursor, name: string): Tree => {
  const base = take(cursor, '_') ? parseArgument(cursor) : undefined;
  const exponent = isMark(cursor, '^') ? cursor.grammar.exponent(cursor) : undefined;
  const inverse = exponent && isMinusOne(exponent) ? inverses[name] : undefined;
  const args = parseFunctionArguments(cursor, name);
  const value = call(`fn:${inverse ?? name}`, ...args, ...(base ? [base] : []));
  return exponent && !inverse ? call('Power', value, exponent) : value;
};

const isMinusOne = (tree: Tree): boolean =>
  tree.op === 'Call' && tree.head === 'Negate' && tree.args[0]?.op === 'Number' && tree.args[0].value === 1;

const parseFunctionArguments = (cursor: Cursor, name: string): readonly Tree[] => {
  if (take(cursor, '(')) {
    const items = cursor.grammar.items(cursor);
    expect(cursor, ')');
    return several.has(name) || items.length === 1 ? items : [bare(items)];
  }
  if (isMark(cursor, '{', '|', '[')) return [cursor.grammar.power(cursor)];
  const factors: Tree[] = [];
  while (startsAtom(cursor) && !startsFunction(cursor) && !isMark(cursor, '(', '['))
    factors.push(cursor.grammar.power(cursor));
  const [first] = factors;
  if (!first) return startsAtom(cursor) ? [cursor.grammar.power(cursor)] : [fail(cursor)];
  if (take(cursor, '/')) return [call('Divide', call('Multiply', ...factors), cursor.grammar.power(cursor))]; // sin x/2
  return [factors.length === 1 ? first : call('Multiply', ...factors)];
};

const startsFunction = (cursor: Cursor): boolean => {
  const token = peek(cursor);
  return token?.type === 'name' && functionNames.has(token.text);
};
