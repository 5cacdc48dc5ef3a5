/** Splits LaTeX and plain mathematics into tokens. Linear in the text; what is not known becomes words. */
import { closingBrace } from './boxed';
import {
  commandMarks,
  constantNames,
  functionNames,
  ignored,
  marks,
  onlyCommands,
  structural,
  transparent,
  wordCommands,
  wordMarks,
} from './lexicon';
import { findUnit } from './units';

export type Token =
  | { readonly type: 'number'; readonly text: string }
  /** A variable, a constant, or a function by its lower-case name. */
  | { readonly type: 'name'; readonly text: string }
  | { readonly type: 'words'; readonly text: string }
  /** A command that takes arguments in braces: `frac`, `sqrt`, `begin`, … */
  | { readonly type: 'command'; readonly text: string }
  | { readonly type: 'mark'; readonly text: string };

/** An answer of more tokens is not read. */
const MAX_TOKENS = 600;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const plainSuperscripts = (text: string): string =>
  text.replace(/[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => {
    const plain = [...run].map((char) => (char === '⁻' ? '-' : char === '⁺' ? '' : String(superscripts.indexOf(char))));
    return `^{${plain.join('')}}`;
  });

const blank = /\s+/y;
const groupedPattern = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?/y;
const numberPattern = /(?:\d+(?:\.(?:\d+|(?=\s*\\overline)))?|\.\d+)(?:[eE][-+]?\d{1,3}(?![\d.a-zA-Z]))?/y;
const singleDigit = /\s*\d/y;
const wordPattern = /\p{L}+/uy;
const commandPattern = /\\([a-zA-Z]+)\*?/y;
const twoMarks = /(?:<=|>=|!=|==|\\\\|\\[{}|]|\\[,;:!> ~%&#_]|\.\.\.)/y;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** The tokens of an expression; undefined when there are too many. */
export const tokenizeMath = (source: string): readonly Token[] | undefined => {
  let text = plainSuperscripts(source);
  for (const [pattern, by] of marks) text = text.replace(pattern, by);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (tokens.length > MAX_TOKENS) return undefined;
    at = readToken(text, at, tokens);
  }
  return tokens;
};

const readToken = (text: string, at: number, tokens: Token[]): number => {
  const space = matchAt(blank, text, at);
  if (space) return at + space.length;
  const two = matchAt(twoMarks, text, at);
  if (two !== undefined) return pushTwo(two, at, tokens);
  const command = matchAt(commandPattern, text, at);
  if (command !== undefined) return readCommand(text, at + command.length, command.slice(1).replace('*', ''), tokens);
  const number =
    (separatesThousands(tokens) ? matchAt(groupedPattern, text, at) : undefined) ?? matchAt(numberPattern, text, at);
  if (number !== undefined) {
    tokens.push({ type: 'number', text: number.replaceAll(',', '') });
    return at + number.length;
  }
  const word = matchAt(wordPattern, text, at);
  if (word !== undefined) {
    pushWord(word, tokens);
    return at + word.length;
  }
  tokens.push({ type: 'mark', text: text.charAt(at) });
  return at + 1;
};

/** Inside brackets a comma separates members: `(100,200)` is a pair. Braces of an argument are no brackets. */
const separatesThousands = (tokens: readonly Token[]): boolean => {
  const last = tokens.findLast(({ type, text }) => type === 'mark' && /^(?:[()[\]]|\\[{}])$/.test(text));
  return last === undefined || /[)\]}]$/.test(last.text);
};

const pushTwo = (two: string, at: number, tokens: Token[]): number => {
  if (two === '==') tokens.push({ type: 'mark', text: '=' });
  else if (two === '\\%') tokens.push({ type: 'mark', text: '%' });
  else if (two === '\\&') tokens.push({ type: 'mark', text: ',' });
  else if (two === '\\|') tokens.push({ type: 'mark', text: '|' });
  else if (!/^\\[,;:!> ~#_]$/.test(two)) tokens.push({ type: 'mark', text: two });
  return at + two.length;
};

/** A run of letters without a backslash: a known name, a word between answers, or letters that are multiplied. */
const pushWord = (word: string, tokens: Token[]): void => {
  const mark = wordMarks[word];
  const lower = word.toLowerCase();
  if (mark) tokens.push({ type: 'mark', text: mark });
  else if (word.length === 1) tokens.push({ type: 'name', text: word });
  else if ((functionNames.has(word) && !onlyCommands.has(word)) || constantNames.has(word))
    tokens.push({ type: 'name', text: word });
  else if ((word.length > 2 && functionNames.has(lower) && !onlyCommands.has(lower)) || lower === 'infinity')
    tokens.push({ type: 'name', text: lower });
  else if (/^[a-zA-Z]{2,3}$/.test(word)) for (const letter of word) tokens.push({ type: 'name', text: letter });
  else tokens.push({ type: 'words', text: word });
};

const readCommand = (text: string, after: number, name: string, tokens: Token[]): number => {
  const mark = commandMarks[name];
  if (mark) tokens.push({ type: 'mark', text: mark });
  else if (wordCommands.has(name)) return readWords(text, after, tokens);
  else if (name === 'mathbb') return readBlackboard(text, after, tokens);
  else if (structural.has(name)) {
    tokens.push({ type: 'command', text: name });
    return readShortArguments(text, after, name, tokens);
  } else if (functionNames.has(name) || constantNames.has(name)) tokens.push({ type: 'name', text: name });
  else if (name === 'left' || name === 'right') return text.charAt(after) === '.' ? after + 1 : after;
  else if (/^[lcd]?dots[bcio]?$/.test(name)) tokens.push({ type: 'mark', text: '...' });
  else if (!ignored.has(name) && !transparent.has(name)) tokens.push({ type: 'words', text: name });
  return after;
};

/** `\frac12`, `\sqrt2`, `\binom52`: arguments without braces are one digit each. */
const readShortArguments = (text: string, after: number, name: string, tokens: Token[]): number => {
  const count = /frac|binom/.test(name) ? 2 : name === 'sqrt' ? 1 : 0;
  let at = after;
  for (let i = 0; i < count; i += 1) {
    const digit = matchAt(singleDigit, text, at);
    if (digit === undefined) return at;
    tokens.push({ type: 'mark', text: '{' }, { type: 'number', text: digit.trim() }, { type: 'mark', text: '}' });
    at += digit.length;
  }
  return at;
};

const braced = (text: string, after: number): { content: string; end: number } | undefined => {
  const open = after + (matchAt(blank, text, after)?.length ?? 0);
  const close = text.charAt(open) === '{' ? closingBrace(text, open) : undefined;
  return close === undefined ? undefined : { content: text.slice(open + 1, close), end: close + 1 };
};

const readWords = (text: string, after: number, tokens: Token[]): number => {
  const group = braced(text, after);
  if (!group) return after;
  const content = group.content
    .replace(/\\[a-zA-Z]+|[{}\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const mark = wordMarks[content.toLowerCase().replace(/,/g, '').trim()];
  if (mark) tokens.push({ type: 'mark', text: mark });
  else if (/^[-+\d.,\s]+%?$/.test(content)) for (let at = 0; at < content.length; ) at = readToken(content, at, tokens);
  else if (tokens.length > 0 && findUnit(content)) tokens.push({ type: 'words', text: content });
  else if (/^[a-zA-Z]$/.test(content) || functionNames.has(content)) tokens.push({ type: 'name', text: content });
  else if (content !== '') tokens.push({ type: 'words', text: content });
  return group.end;
};

const readBlackboard = (text: string, after: number, tokens: Token[]): number => {
  const group = braced(text, after);
  const at = after + (matchAt(blank, text, after)?.length ?? 0);
  tokens.push({ type: 'name', text: `set-${group?.content.trim() ?? text.charAt(at)}` });
  return group?.end ?? at + 1;
};
