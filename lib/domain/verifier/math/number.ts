/**
 * Numeric answers. The rule of precision: two numbers are equal when
 * 1. they differ by no more than 1e-6 of the truth (float noise), or
 * 2. the coarser one, written with at least 2 decimals and 2 significant digits, is the other one rounded to it
 *    (3.43 for 3.429, 3.429 for 24/7), or
 * 3. both are written with a decimal part, the truth is at least 1 in size, and both round to the same 2 decimals.
 *
 * Rule 3 is Video-R1's `numerical` rule without its faults: there 0.0004 equals 0.0031, and `4.0` differs from `4`.
 * Whole numbers must be met exactly: 100.4 is not a count of 100, and 12345678 is not 12345679. Percent may be written
 * either way (50 %, 0.5, 50).
 *
 * Expressions (`math.ts`) use the `exact` rule: the answer is coarser than the truth only from 6 decimals and 4
 * significant digits on (0.333333 for 1/3, not 0.33), and rule 3 does not hold.
 */
import type { AnswerScore } from '@/lib/domain/verifier/answer-score';
import { lastBoxed } from './boxed';
import { committedAnswer } from './committed';
import { readConstant } from './constant';
import { readNumberList } from './number-list';
import { type NumberReading, readNumber } from './number-text';
import { findUnit } from './units';

/** Score 1 or 0 for a numeric answer; a truth that is a list (`[1.5, 2]`) is compared number by number. */
export const compareNumber = (answer: string, truth: string): AnswerScore => {
  // Before a number, since `1,2` alone is one: a comma in square brackets parts two.
  const wanted = IN_BRACKETS.test(truth) ? undefined : readQuantity(truth);
  if (!wanted) {
    const list = readNumberList(truth);
    return list ? compareList(answer, list) : compareAsText(answer, truth);
  }
  const found = readQuantity(answer) ?? readQuantity(committedAnswer(answer));
  if (!found) return { score: 0, reason: 'No single number in the answer' };
  const equal = sameQuantity(found, wanted);
  return { score: equal ? 1 : 0, reason: `${found.value} ${equal ? 'equals' : 'is not'} ${wanted.value}` };
};

/** A list by its brackets, whatever stands in it. */
const IN_BRACKETS = /^\s*\[[^[\]]*[,;][^[\]]*\]\s*$/;

/** What follows the last sign of equality is looked for so far from the end. */
const MAX_RESULT = 400;

/** Signs that a number is written as an expression. No `!`, which ends a sentence more often. */
const EXPRESSION =
  /\\sqrt|√|\bsqrt|\\pi\b|π|\\(?:ln|log|sin|cos|tan|exp|binom)\b|e\^|(?:^|[=({$])\s*-?\d+(?:\.\d+)?\s*\^/;

/** A written number; else what an expression of numbers comes to. The digits of `\sqrt{2}` alone would say 2. */
const readQuantity = (text: string): NumberReading | undefined =>
  EXPRESSION.test(text)
    ? (readConstant(lastBoxed(text) ?? text) ?? readResult(text))
    : (readNumber(text) ?? readPower(text));

/** `the area is 2\pi ≈ 6.28` states 6.28. */
const readResult = (text: string): NumberReading | undefined => {
  const result =
    text
      .slice(-MAX_RESULT)
      .split(/=|≈|\\approx/)
      .at(-1) ?? '';
  return EXPRESSION.test(result) ? undefined : readNumber(result);
};

const readPower = (text: string): NumberReading | undefined =>
  text.includes('^') ? readConstant(lastBoxed(text) ?? text) : undefined;

/** The same numbers in the same order, each by the rule of precision. */
const compareList = (answer: string, wanted: readonly NumberReading[]): AnswerScore => {
  const found = readNumberList(answer) ?? readNumberList(committedAnswer(answer));
  if (found?.length !== wanted.length) {
    return { score: 0, reason: `The answer is no list of ${wanted.length} numbers` };
  }
  const different = found.findIndex((number, i) => {
    const other = wanted[i];
    return !other || !sameQuantity(number, other);
  });
  if (different < 0) return { score: 1, reason: `All ${wanted.length} numbers are equal` };
  const [number, other] = [found[different]?.value, wanted[different]?.value];
  return { score: 0, reason: `Number ${different + 1} of the list: ${number} is not ${other}` };
};

const compareAsText = (answer: string, truth: string): AnswerScore => {
  const equal = answer.trim().toLowerCase() === truth.trim().toLowerCase();
  return { score: equal ? 1 : 0, reason: equal ? 'Same text' : 'The reference is not a number and the text differs' };
};

/** How coarse an answer may be: as people round, or hardly at all. */
export type Precision = 'rounded' | 'exact';

/** Whether two readings state the same quantity by the rule of precision; known units are converted. */
export const sameQuantity = (
  found: NumberReading,
  wanted: NumberReading,
  precision: Precision = 'rounded',
): boolean => {
  const [foundUnit, wantedUnit] = [findUnit(found.unit), findUnit(wanted.unit)];
  if (foundUnit && wantedUnit && found.unit !== wanted.unit) {
    if (foundUnit.dimension !== wantedUnit.dimension) return false;
    return sameNumber(scaled(found, foundUnit.factor / wantedUnit.factor), wanted, precision);
  }
  if (sameNumber(found, wanted, precision)) return true;
  if (found.percent === wanted.percent) return false;
  return found.percent
    ? sameNumber(scaled(found, 0.01), wanted, precision)
    : sameNumber(found, scaled(wanted, 0.01), precision);
};

const scaled = (reading: NumberReading, factor: number): NumberReading => {
  const shift = Math.round(-Math.log10(factor));
  return {
    ...reading,
    value: reading.value * factor,
    lastDigit: reading.lastDigit * factor,
    decimals: Math.max(0, reading.decimals + shift),
    whole: '',
  };
};

/** Decimals and significant digits that a written number needs to stand for a finer one. */
const coarseness = { rounded: { decimals: 2, significant: 2 }, exact: { decimals: 6, significant: 4 } } as const;

const sameNumber = (answer: NumberReading, truth: NumberReading, precision: Precision): boolean => {
  if (answer.whole !== '' && truth.whole !== '') return sameWhole(answer, truth);
  const distance = Math.abs(answer.value - truth.value);
  if (distance <= 1e-6 * Math.abs(truth.value)) return true;
  const isAnswerCoarse = answer.lastDigit >= truth.lastDigit;
  const coarse = isAnswerCoarse ? answer : truth;
  const needed = coarseness[isAnswerCoarse ? precision : 'rounded'];
  // 1e-9: half of a last digit is not exact in binary.
  const isRounded = distance <= 0.5 * coarse.lastDigit * (1 + 1e-9);
  if (isRounded && coarse.decimals >= needed.decimals && coarse.significant >= needed.significant) return true;
  if (precision === 'exact') return false;
  const decimal = answer.decimals > 0 && truth.decimals > 0 && Math.abs(truth.value) >= 1;
  return decimal && answer.value.toFixed(2) === truth.value.toFixed(2);
};

/** Digit by digit: beyond 2^53 the values of different whole numbers are the same double. */
const sameWhole = (a: NumberReading, b: NumberReading): boolean => a.value === b.value && a.whole === b.whole;
