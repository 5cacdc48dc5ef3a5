/** Whether a concluded number, expression or text and an answer say the same. */
import type { Kind } from '@/lib/domain/question';
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import { sameExpression } from '@/lib/domain/verifier/math/math';
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { findNumbers, type NumberReading, readNumber } from '@/lib/domain/verifier/math/number-text';
import { plainMath } from '@/lib/domain/verifier/math/plain-math';
import { meanRouge, rougeTokens } from '@/lib/domain/verifier/text';

/** `unclear` where nobody can tell: the other two are claims. */
export type Agreement = 'same' | 'different' | 'unclear';

/** Whether a concluded text and the answer say the same. `unclear` rather than a wrong `different`. */
export const agree = (concluded: string, answer: string, kind: Kind): Agreement => {
  if (kind === 'number' || kind === 'regression') return agreeNumber(concluded, answer);
  if (kind === 'math') {
    const value = lastBoxed(concluded) ?? concluded.replace(/[.。]\s*$/, '');
    if (sameExpression(value, lastBoxed(answer) ?? answer)) return 'same';
    return agreeNumber(value, answer);
  }
  return agreeText(concluded, answer);
};

const scaleWord = /\b(?:thousand|million|billion|trillion)s?\b|[万亿]/gi;

const agreeNumber = (concluded: string, answer: string): Agreement => {
  const agreement = agreeAsWritten(concluded, answer);
  if (agreement === 'same' || concluded.search(scaleWord) < 0) return agreement;
  // "5.9 million" for a question that asks for millions.
  return agreeAsWritten(concluded.replace(scaleWord, ' '), answer) === 'same' ? 'same' : agreement;
};

const countWords =
  /\b(?:there (?:is|are)|only|just|have|exactly|total of|are indeed|are)\s+(?:only |just |indeed |exactly )?(no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/gi;
const counts = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** `there are two chairs` as `there are 2 chairs`; words such as `one` only where they count. */
const withDigits = (text: string): string =>
  text.replace(countWords, (match, word: string) => match.replace(word, String(counts.indexOf(word.toLowerCase()))));

const agreeAsWritten = (written: string, answer: string): Agreement => {
  const wanted = readNumber(answer);
  if (!wanted) return 'unclear';
  const concluded = /\d/.test(written) ? written : withDigits(written);
  const all = findNumbers(plainMath(concluded));
  if (all.some((number) => near(number, wanted))) return 'same';
  const only = readNumber(concluded) ?? leadingNumber(concluded, all);
  if (only && near(only, wanted)) return 'same';
  if (!only || /\b(?:not|cannot|between|range|unknown)\b|\d\s*[a-zA-Z]\s*[=^]/.test(concluded)) return 'unclear';
  // The same digits at another power of ten: a unit such as mA, thousands or percent may stand in the question.
  const ratio = Math.log10(Math.abs(only.value / wanted.value));
  return Number.isFinite(ratio) && Math.abs(ratio - Math.round(ratio)) < 1e-3 && only.value * wanted.value > 0
    ? 'unclear'
    : 'different';
};

const leadingNumber = (text: string, all: readonly NumberReading[]): NumberReading | undefined =>
  /^\W{0,6}(?:(?:approximately|about|around|roughly|exactly)\s+)?\W{0,3}\d/.test(text) ? all[0] : undefined;

/** Equal, or one is the other rounded: thinking rounds freely on its way to the answer. */
const near = (a: NumberReading, b: NumberReading): boolean => {
  if (sameQuantity(a, b)) return true;
  const [distance, size] = [Math.abs(a.value - b.value), Math.abs(b.value)];
  if (distance <= 0.005 * size) return true;
  return distance <= 0.05 * size && distance <= 0.5 * Math.max(a.lastDigit, b.lastDigit) * (1 + 1e-9);
};

const agreeText = (concluded: string, answer: string): Agreement => {
  const [a, b] = [rougeTokens(concluded), rougeTokens(answer)];
  if (a.length === 0 || b.length === 0) return concluded.includes(answer) ? 'same' : 'unclear';
  const [left, right] = [` ${a.join(' ')} `, ` ${b.join(' ')} `];
  if (left.includes(right) || right.includes(left) || meanRouge(b, a) >= 0.5) return 'same';
  if (a.length > 12 || b.length > 12) return 'unclear';
  const shared = b.some((token) => token.length > 3 && a.includes(token));
  return shared ? 'unclear' : 'different';
};
