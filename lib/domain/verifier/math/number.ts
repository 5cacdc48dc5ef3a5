/**
 * Numeric answers. The rule of precision: two numbers are equal when
 * 1. they differ by no more than 1e-6 of the truth (float noise), or
 * 2. the coarser one, written with at least 2 decimals and 2 significant digits, is the other one rounded to it
 *    (3.43 for 3.429, 3.429 for 24/7), or
 * 3. both are written with a decimal part, the truth is at least 1 in size, and both round to the same 2 decimals.
 *
 * Rule 3 is Video-R1's `numerical` rule without its faults: there 0.0004 equals 0.0031, and `4.0` differs from `4`.
 * Whole numbers must be met exactly: 100.4 is not a count of 100. Percent may be written either way (50 %, 0.5, 50).
 */
import type { AnswerScore } from '@/lib/domain/verifier/answer-score';
import { type NumberReading, readNumber } from './number-text';
import { findUnit } from './units';

/** Score 1 or 0 for a numeric answer. */
export const compareNumber = (answer: string, truth: string): AnswerScore => {
  const wanted = readNumber(truth);
  if (!wanted) return compareAsText(answer, truth);
  const found = readNumber(answer);
  if (!found) return { score: 0, reason: 'No single number in the answer' };
  const equal = sameQuantity(found, wanted);
  return { score: equal ? 1 : 0, reason: `${found.value} ${equal ? 'equals' : 'is not'} ${wanted.value}` };
};

const compareAsText = (answer: string, truth: string): AnswerScore => {
  const equal = answer.trim().toLowerCase() === truth.trim().toLowerCase();
  return { score: equal ? 1 : 0, reason: equal ? 'Same text' : 'The reference is not a number and the text differs' };
};

/** Whether two readings state the same quantity by the rule of precision; known units are converted. */
export const sameQuantity = (found: NumberReading, wanted: NumberReading): boolean => {
  const [foundUnit, wantedUnit] = [findUnit(found.unit), findUnit(wanted.unit)];
  if (foundUnit && wantedUnit && found.unit !== wanted.unit) {
    if (foundUnit.dimension !== wantedUnit.dimension) return false;
    return sameNumber(scaled(found, foundUnit.factor / wantedUnit.factor), wanted);
  }
  if (sameNumber(found, wanted)) return true;
  if (found.percent === wanted.percent) return false;
  return found.percent ? sameNumber(scaled(found, 0.01), wanted) : sameNumber(found, scaled(wanted, 0.01));
};

const scaled = (reading: NumberReading, factor: number): NumberReading => {
  const shift = Math.round(-Math.log10(factor));
  return {
    ...reading,
    value: reading.value * factor,
    lastDigit: reading.lastDigit * factor,
    decimals: Math.max(0, reading.decimals + shift),
  };
};

const sameNumber = (a: NumberReading, b: NumberReading): boolean => {
  const distance = Math.abs(a.value - b.value);
  if (distance <= 1e-6 * Math.abs(b.value)) return true;
  const coarse = a.lastDigit >= b.lastDigit ? a : b;
  // 1e-9: half of a last digit is not exact in binary.
  if (coarse.decimals >= 2 && coarse.significant >= 2 && distance <= 0.5 * coarse.lastDigit * (1 + 1e-9)) return true;
  const decimal = a.decimals > 0 && b.decimals > 0 && Math.abs(b.value) >= 1;
  return decimal && a.value.toFixed(2) === b.value.toFixed(2);
};
