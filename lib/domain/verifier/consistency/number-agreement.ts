/** Whether a concluding text states the number of an answer, another one, or none that can be told. */
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { findNumbers, type NumberReading, readNumber } from '@/lib/domain/verifier/math/number-text';
import { plainMath } from '@/lib/domain/verifier/math/plain-math';
import { findUnit } from '@/lib/domain/verifier/math/units';
import type { Agreement } from './agreement';
import { withDigits } from './count-words';

const scaleWord = /\b(?:thousand|million|billion|trillion)s?\b|[万亿]/gi;

/** Compares the number that `concluded` commits to with `answer`. Thinking rounds freely on its way to the answer. */
export const agreeNumber = (concluded: string, answer: string): Agreement => {
  const agreement = agreeAsWritten(concluded, answer);
  if (agreement === 'same' || concluded.search(scaleWord) < 0) return agreement;
  // "5.9 million" for a question that asks for millions.
  return agreeAsWritten(concluded.replace(scaleWord, ' '), answer) === 'same' ? 'same' : agreement;
};

/** Several numbers, or a bound and no number. */
const open =
  /\b(?:between|at least|at most|more than|less than|fewer than|greater than|no more than|up to|either|range|unknown)\b|\d\s*(?:-|–|—|~|to|or|and|或|和|到|至)\s*[-+]?\d/i;
const unsure =
  /\b(?:not|cannot|if|unless|perhaps|maybe|might|may|could|possibly)\b|n['’]t\b|\d\s*[a-zA-Z]\s*[=^]|[?？]/i;

const agreeAsWritten = (written: string, answer: string): Agreement => {
  const wanted = readNumber(answer);
  if (!wanted) return 'unclear';
  const text = plainMath(withDigits(written.replace(/[.。!]\s*$/, ''))).replace(afterWide, '$& ');
  const all = findNumbers(text);
  if (open.test(text.replace(/\b[a-z]\b/gi, ' '))) return 'unclear';
  const committed = committedNumber(text, all);
  if (committed && near(committed, wanted)) return 'same';
  const isMentioned = all.some((number) => near(number, wanted));
  if (!committed) return isMentioned ? 'same' : 'unclear';
  if (isMentioned || unsure.test(text) || mayBeAnotherUnit(committed, wanted)) return 'unclear';
  if (roughly.test(written) && Math.abs(committed.value - wanted.value) <= 0.1 * Math.abs(wanted.value))
    return 'unclear';
  return 'different';
};

/** As it was written: `plainMath` makes every sign of it a plain `=`. */
const roughly = /\b(?:approximately|about|around|roughly|nearly|almost)\b|[≈≃约]|\\(?:approx|simeq|sim)(?![a-zA-Z])/i;
/** Chinese, Japanese and Korean stand right before a number, which is not part of a word there. */
const afterWide = /[\u3040-\u9fff\uac00-\ud7a3](?=[\d-])/g;
const unitNames = 'mm cm m km in ft mi mg g kg ms s min h ml l'.split(' ');

/** Whether two numbers may be one quantity: the question may ask for a unit that the answer leaves out. */
const mayBeAnotherUnit = (committed: NumberReading, wanted: NumberReading): boolean => {
  const isOpen = committed.unit !== '' && wanted.unit === '' && findUnit(committed.unit) !== undefined;
  if (isOpen && unitNames.some((unit) => sameQuantity(committed, { ...wanted, unit }))) return true;
  // The same digits at another power of ten: a unit such as mA, thousands or percent may stand in the question.
  const ratio = Math.log10(Math.abs(committed.value / wanted.value));
  return Number.isFinite(ratio) && Math.abs(ratio - Math.round(ratio)) < 1e-3 && committed.value * wanted.value > 0;
};

const leading =
  /^[^\p{L}\d]{0,6}(?:(?:approximately|about|around|roughly|exactly|only|just|约|大约)\s*)?[^\p{L}\d]{0,3}$/iu;
/** What a statement of the number itself has right before it; `at 3 s` and `frame 5` do not state the answer. */
const stated =
  /(?:[=:≈约为是有共]|\b(?:is|are|was|were|be|equals?|gives?|get|has|have|contains?|totals?|totaling|(?:total|sum|count) of|obtain|yields?|approximately|about|around|roughly|only|just|exactly|indeed|therefore|so|thus|hence|remain|remains)\b,?)\s*[-+$€£¥([{*"]{0,4}\s*$/i;

/** `3 + 4`, `2 m 50 cm`, `3 apples and 4 pears`, `10 times 5`: the first number is not all. */
const goesOn =
  /^\s*(?:[+\-*/×·÷^=]|[\p{L}°'"²³]{0,12}\s+(?:and\s+)?\d|times\b|fold\b|(?:%\s*)?of\b|percent of\b|(?:\p{L}+\s+)?(?:more|less|fewer|larger|smaller|greater)\b)/u;

/** The number that a text says first, or after its last `=`, or as the only one behind a verb that states it. */
const committedNumber = (text: string, all: readonly NumberReading[]): NumberReading | undefined => {
  const [first] = all;
  if (!first) return readNumber(text);
  if (!goesOn.test(text.slice(first.end)) && leading.test(text.slice(0, first.start))) return first;
  const only = readNumber(text);
  return only && stated.test(text.slice(Math.max(0, only.start - 40), only.start)) ? only : undefined;
};

/** Equal, or one is the other rounded: thinking rounds freely on its way to the answer. */
const near = (a: NumberReading, b: NumberReading): boolean => {
  if (sameQuantity(a, b)) return true;
  const [distance, size] = [Math.abs(a.value - b.value), Math.abs(b.value)];
  if (distance <= 0.005 * size) return true;
  return distance <= 0.05 * size && distance <= 0.5 * Math.max(a.lastDigit, b.lastDigit) * (1 + 1e-9);
};
