/** Numbers that are written as expressions: `2\sqrt{3}`, `\frac{\pi}{4}`, `2^{10}`. */
import { isReal } from './complex';
import type { NumberReading } from './number-text';
import { parseMath } from './parse';
import { constantValue } from './scalar';
import { plainUnits } from './simplify';
import type { Tree } from './tree';

/** Longest text that is read as one expression. */
const MAX_TEXT = 400;

/** An exact value as a reading: it has no last digit. */
export const exactReading = (value: number): NumberReading => ({
  value,
  lastDigit: 0,
  significant: Number.POSITIVE_INFINITY,
  decimals: 0,
  percent: false,
  unit: '',
  whole: '',
  start: 0,
  end: 0,
});

/** Value of a tree without variables, when it is a finite real number. */
export const realValue = (tree: Tree): number | undefined => {
  const value = constantValue(tree);
  return value && isReal(value) && Number.isFinite(value.re) ? value.re : undefined;
};

/** The real number that an expression is, behind its last `=` and without its unit; undefined when it is none. */
export const readConstant = (text: string): NumberReading | undefined => {
  const tree = text.length > MAX_TEXT ? undefined : parseMath(text);
  const last = tree?.op === 'Chain' ? tree.args.at(-1) : tree;
  const value = last && realValue(plainUnits(last).tree);
  return value === undefined ? undefined : exactReading(value);
};
