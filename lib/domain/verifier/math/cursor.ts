/** A place in a list of tokens. A text that breaks the grammar breaks the cursor, and everything after it is nothing. */

import type { Token } from './lexer';
import { numeral, type Tree } from './tree';

/** Brackets and functions nested deeper than this are not read. */
const MAX_DEPTH = 40;

/** The rules that call each other across files; `parse.ts` puts them together. */
export type Grammar = {
  readonly statements: (cursor: Cursor) => Tree;
  readonly items: (cursor: Cursor) => readonly Tree[];
  readonly statement: (cursor: Cursor) => Tree;
  readonly sum: (cursor: Cursor) => Tree;
  readonly product: (cursor: Cursor) => Tree;
  readonly power: (cursor: Cursor) => Tree;
  readonly exponent: (cursor: Cursor) => Tree | undefined;
  readonly atom: (cursor: Cursor) => Tree;
};

export type Cursor = {
  readonly tokens: readonly Token[];
  readonly grammar: Grammar;
  at: number;
  depth: number;
  /** How many `|` are open: inside one, the next `|` closes it. */
  bars: number;
  broken: boolean;
};

export const cursorAt = (tokens: readonly Token[], grammar: Grammar): Cursor => ({
  tokens,
  grammar,
  at: 0,
  depth: 0,
  bars: 0,
  broken: false,
});

export const peek = (cursor: Cursor, ahead = 0): Token | undefined => cursor.tokens[cursor.at + ahead];

export const isMark = (cursor: Cursor, ...texts: readonly string[]): boolean => {
  const token = peek(cursor);
  return token?.type === 'mark' && texts.includes(token.text);
};

/** Steps over the mark if it stands here. */
export const take = (cursor: Cursor, text: string): boolean => {
  if (!isMark(cursor, text)) return false;
  cursor.at += 1;
  return true;
};

/** Ends the reading: no later step moves or succeeds. */
export const fail = (cursor: Cursor): Tree => {
  cursor.broken = true;
  cursor.at = cursor.tokens.length;
  return numeral('0');
};

export const expect = (cursor: Cursor, text: string): void => {
  if (!take(cursor, text)) fail(cursor);
};

/** Reads one level deeper. */
export const nested = (cursor: Cursor, read: (cursor: Cursor) => Tree): Tree => {
  if (cursor.depth >= MAX_DEPTH) return fail(cursor);
  cursor.depth += 1;
  const tree = read(cursor);
  cursor.depth -= 1;
  return tree;
};
