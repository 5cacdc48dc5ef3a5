/** Python's `float(text)`, `round(number, 2)` and `f"{number:.2f}"`, digit for digit. */
import { isPythonSpace } from './python-text';

const DIGITS = String.raw`\d(?:_?\d)*`;
const decimalPattern = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
const specialPattern = /^([+-]?)(inf(?:inity)?|nan)$/i;

/**
 * `float(text)`: white space around it, underscores between digits, digits of any script, `inf` and `nan` are taken.
 * Undefined where Python raises `ValueError`.
 */
export const pythonFloat = (text: string): number | undefined => {
  const ascii = asciiDigits(text);
  if (ascii === undefined) return undefined;
  const special = specialPattern.exec(ascii);
  if (special) {
    const size = special[2]?.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === '-' ? -size : size;
  }
  return decimalPattern.test(ascii) ? Number(ascii.replaceAll('_', '')) : undefined;
};

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Without the space around it, digits of other scripts as ASCII; undefined when another character stands there. */
const asciiDigits = (text: string): string | undefined => {
  let plain = text;
  if (!isAscii(text)) {
    plain = '';
    for (const char of text) {
      if (isAscii(char)) plain += char;
      else if (isPythonSpace(char)) plain += ' ';
      else if (/^\p{Nd}$/u.test(char)) plain += digitValue(char.codePointAt(0) ?? 0);
      else return undefined;
    }
  }
  return trimAscii(plain);
};

/** C's `isspace`, which is narrower than `str.isspace`. */
const trimAscii = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && '\t\n\v\f\r '.includes(text.charAt(start))) start += 1;
  while (end > start && '\t\n\v\f\r '.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

/** Unicode keeps the ten digits of a script in a row, from zero. */
const digitValue = (code: number): number => {
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
};

/**
 * `f"{value:.2f}"`: the exact binary value to two decimals, ties to the even digit. `toFixed` is exact too, but takes
 * ties up: 0.125 is `0.12` here and `0.13` there. Values from 1e21 on come in scientific notation.
 */
export const pythonFixed2 = (value: number): string => {
  const size = Math.abs(value);
  const eighths = size * 8;
  // Two decimals tie only at odd eighths: any other fraction ending in …5 is not exact in binary.
  if (!Number.isInteger(eighths) || eighths % 2 === 0) return value.toFixed(2);
  const below = Math.floor(size * 100);
  const even = (below % 2 === 0 ? below : below + 1) / 100;
  return `${value < 0 ? '-' : ''}${even.toFixed(2)}`;
};

/** `round(value, 2)`: the double nearest to the two decimals; infinities and NaN stay. */
export const pythonRound2 = (value: number): number => (Number.isFinite(value) ? Number(pythonFixed2(value)) : value);
