/**
 * Mathematical answers, first version: equal as normalised text, as numbers, or part by part for tuples, intervals
 * and sets. Symbolic equality is not attempted.
 */
import type { AnswerScore } from '@/lib/domain/verifier/answer-score';
import { sameQuantity } from './number';
import { type NumberReading, readNumber } from './number-text';
import { plainMath } from './plain-math';
import { findUnit } from './units';

/** Longest expression that is compared; a longer one is wrong unless it is the truth to the letter. */
const MAX_EXPRESSION = 2_000;

/** Score 1 or 0. */
export const compareMath = (answer: string, truth: string): AnswerScore => {
  if (answer.length > MAX_EXPRESSION) return { score: 0, reason: 'The answer is too long for an expression' };
  const equal = sameExpression(lastBoxed(answer) ?? answer, lastBoxed(truth) ?? truth);
  return { score: equal ? 1 : 0, reason: equal ? 'Equal expressions' : 'No equality found' };
};

/** Whether two expressions are equal by the rules above. */
export const sameExpression = (answer: string, truth: string): boolean => {
  const [a, b] = [normalise(answer), normalise(truth)];
  if (a === b) return true;
  const [left, right] = [afterEquals(a), afterEquals(b)];
  if (left === right) return true;
  const [leftParts, rightParts] = [splitList(left), splitList(right)];
  if (leftParts.parts.length > 1 || rightParts.parts.length > 1) return sameLists(leftParts, rightParts);
  const [found, wanted] = [readWholeNumber(left), readWholeNumber(right)];
  return found !== undefined && wanted !== undefined && sameQuantity(found, wanted);
};

/** A number when the text is nothing else: sign, currency and a unit may stand around it, no variable (`2x`). */
const readWholeNumber = (text: string): NumberReading | undefined => {
  const reading = readNumber(text);
  if (!reading || !/^[-+\s€£¥(]*$/.test(text.slice(0, reading.start))) return undefined;
  const behind = text.slice(reading.end).replace(/^[)\s]+/, '');
  if (behind === '') return reading;
  const isUnit = behind === reading.unit && (findUnit(behind) !== undefined || /^[a-z°]{3,}$/i.test(behind));
  return isUnit ? reading : undefined;
};

/** Content of the last `\boxed{…}`, braces balanced; undefined when there is none or it never closes. */
export const lastBoxed = (text: string): string | undefined => {
  const at = text.lastIndexOf('\\boxed{');
  if (at < 0) return undefined;
  let depth = 0;
  for (let i = at + 6; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (depth === 0) return text.slice(at + 7, i);
  }
  return undefined;
};

const normalise = (text: string): string =>
  plainMath(text)
    .replace(/\s+/g, ' ')
    .replace(/ ?([()[\]{}=+*/^,<>|-]) ?/g, '$1')
    .replace(/\((-?[\w.]+)\)\/\((-?[\w.]+)\)/g, '$1/$2')
    .replace(/[.。]$/, '')
    .trim();

const afterEquals = (text: string): string => {
  const match = /^[a-zA-Z](?:_\w+)?(?:\(\w\))?=/.exec(text);
  return match ? text.slice(match[0].length) : text;
};

type List = { readonly open: string; readonly close: string; readonly parts: readonly string[] };

const splitList = (text: string): List => {
  const wrapped = /^(\\?[([{])(.*?)(\\?[)\]}])$/s.exec(text);
  const inner = wrapped?.[2] ?? text;
  if (!wrapped && readNumber(text)) return { open: '', close: '', parts: [text] };
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < inner.length; i += 1) {
    const char = inner.charAt(i);
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth !== 0 || (char !== ',' && char !== ';')) continue;
    parts.push(inner.slice(from, i));
    from = i + 1;
  }
  parts.push(inner.slice(from));
  return { open: wrapped?.[1] ?? '', close: wrapped?.[3] ?? '', parts };
};

const sameLists = (a: List, b: List): boolean => {
  if (a.parts.length !== b.parts.length || a.open !== b.open || a.close !== b.close) return false;
  if (!a.open.endsWith('{') && a.open !== '') return a.parts.every((part, i) => sameExpression(part, b.parts[i] ?? ''));
  const left = [...b.parts];
  return a.parts.every((part) => {
    const at = left.findIndex((other) => sameExpression(part, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};
