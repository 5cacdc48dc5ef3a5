/**
 * Mathematical answers. Cheap paths first: the same text, then two plain numbers, and only then both are read as
 * trees, which are compared part by part (`same.ts`) and, at their leaves, by value (`scalar.ts`).
 *
 * Precision: exact where both sides are exact. A decimal for an exact truth (`0.333333` for `1/3`) must be the truth
 * rounded to at least 6 decimals; a truth written with at least 2 decimals is met by what rounds to it (`24/7` for
 * `3.43`). Whole numbers are met to the last digit.
 *
 * Time: at most 2,000 characters, 600 tokens and 40 levels are read, in time linear in them, and evaluated in a bounded
 * number of steps: below 50 ms for any answer, 20 µs where text or numbers decide. Only integrals, limits, derivatives
 * and whole numbers beyond 2^53 ask the algebra engine, which has 0.1 s for each of at most 8 questions.
 */
import type { AnswerScore } from '@/lib/domain/verifier/answer-score';
import { isAffordable } from './algebra';
import { committedAnswer } from './committed';
import { sameQuantity } from './number';
import { type NumberReading, readNumber } from './number-text';
import { parseMath } from './parse';
import { plainMath } from './plain-math';
import { sameTree } from './same';
import { isUnit } from './units';

/** Longest expression that is compared; a longer one is wrong unless it is the truth to the letter. */
const MAX_EXPRESSION = 2_000;

/** Score 1 or 0 for the last answer that the text commits to. */
export const compareMath = (answer: string, truth: string): AnswerScore => {
  const committed = committedAnswer(answer);
  if (committed.length > MAX_EXPRESSION) {
    const same = answer.trim() === truth.trim();
    return { score: same ? 1 : 0, reason: same ? 'The same text' : 'The answer is too long for an expression' };
  }
  const wanted = committedAnswer(truth);
  const equal = sameExpression(committed, wanted) || (committed !== answer && sameExpression(answer, wanted));
  return { score: equal ? 1 : 0, reason: equal ? 'Equal expressions' : 'No equality found' };
};

/** Whether two expressions are equal by the rules above; what follows the first 2,000 characters makes them differ. */
export const sameExpression = (answer: string, truth: string): boolean => {
  if (Math.max(answer.length, truth.length) > MAX_EXPRESSION) return answer.trim() === truth.trim();
  const [plain, plainTruth] = [plainMath(answer), plainMath(truth)];
  const [a, b] = [normalise(plain), normalise(plainTruth)];
  if (a === b || withoutSpaces(a) === withoutSpaces(b) || sameWords(a, b)) return true;
  const [left, right] = withoutName(plain, plainTruth);
  const [found, wanted] = [readWholeNumber(left), readWholeNumber(right)];
  if (found && wanted) return sameQuantity(found, wanted, 'exact');
  const [foundTree, wantedTree] = [parseMath(withUnitAsWords(answer)), parseMath(withUnitAsWords(truth))];
  if (!foundTree || !wantedTree || !isAffordable(foundTree) || !isAffordable(wantedTree)) return false;
  return sameTree(foundTree, wantedTree);
};

/** Words are the same in any case: `Odd` and `\text{odd}`. A single letter is a variable. */
const sameWords = (a: string, b: string): boolean =>
  /^[\p{L}\s.-]{3,}$/u.test(a) && a.toLowerCase() === b.toLowerCase();

/** A number when the text is nothing else: sign, currency and a unit may stand around it, no variable (`2x`, `2m`). */
const readWholeNumber = (text: string): NumberReading | undefined => {
  const reading = readNumber(text);
  if (!reading || !/^[-+\s€£¥(]*$/.test(text.slice(0, reading.start))) return undefined;
  const behind = text.slice(reading.end);
  const unit = behind.replace(/^[)\s€£¥]+/, '').replace(/[.。]$/, '');
  if (unit === '') return reading;
  if (unit !== reading.unit || /^[a-z]$/i.test(behind)) return undefined;
  return isUnit(unit) || /^[a-z°]{3,}$/i.test(unit) ? reading : undefined;
};

const normalise = (plain: string): string =>
  plain
    .replace(/\s+/g, ' ')
    .replace(/ ?([()[\]{}=+*/^,<>|-]) ?/g, '$1')
    .replace(/(?<![\w)])\((-?[\w.]+)\)\/\((-?[\w.]+)\)/g, '$1/$2')
    .replace(/[.。\s]+$/, '')
    .trim();

/** A space between digits parts two numbers; any other says nothing. */
const withoutSpaces = (text: string): string => text.replace(/(?<!\d) | (?!\d)/g, '');

const NAME = /^\s*[a-zA-Z](?:_\w+)?(?:\(\w\))?\s*=/;

/** `x = 3` against `3`: the name goes where only one side has one, or both have the same. */
const withoutName = (a: string, b: string): readonly [string, string] => {
  const [left, right] = [NAME.exec(a)?.[0], NAME.exec(b)?.[0]];
  const differ = left !== undefined && right !== undefined && left.replace(/\s/g, '') !== right.replace(/\s/g, '');
  return differ ? [a, b] : [a.slice(left?.length ?? 0), b.slice(right?.length ?? 0)];
};

/** `2\sqrt{3} cm`: a known unit behind a number or bracket is words, not the product of c and m. */
const withUnitAsWords = (text: string): string => {
  const bare = text.replace(/[.。\s$]+$/, '').trim();
  const unit = /[\d)}\]](?:\s*\\,\s*|\s+)([a-zA-Zµμ°Ω]{1,12})$/.exec(bare)?.[1];
  if (unit === undefined || !isUnit(unit)) return bare;
  return `${bare.slice(0, -unit.length)}\\text{${unit}}`;
};
