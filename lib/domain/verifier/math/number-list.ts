/** Answers that are lists of numbers: `[1.5, 2]`, `1.5; 2`, `3 and 4`. */
import { type NumberReading, readNumber } from './number-text';
import { plainMath } from './plain-math';

const MAX_TEXT = 2_000;
const MAX_NUMBERS = 100;

/**
 * The numbers of a list in order, or undefined where the text is no list of at least two. In brackets every comma
 * parts two numbers; without them only a comma that no thousands can follow does.
 */
export const readNumberList = (text: string): readonly NumberReading[] | undefined => {
  if (text.length > MAX_TEXT) return undefined;
  const plain = plainMath(text)
    .replace(/^[a-zA-Z]\w?\s*=\s*/, '')
    .replace(/[.。]$/, '')
    .trim();
  const inner = /^(?:\\?[[({])(.*?)(?:\\?[\])}])$/s.exec(plain)?.[1];
  const parts = (inner ?? plain).split(separator(inner ?? plain, inner !== undefined));
  if (parts.length < 2 || parts.length > MAX_NUMBERS) return undefined;
  const numbers = parts.map(readNumber);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
};

const separator = (text: string, isBracketed: boolean): RegExp => {
  if (text.includes(';')) return /;/;
  return isBracketed ? /,(?:\s*and\s)?/ : /,\s+(?:and\s+)?|\s+and\s+|,(?!\d{3}(?!\d))/;
};
