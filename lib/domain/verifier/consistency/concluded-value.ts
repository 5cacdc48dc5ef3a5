/** What a thinking concludes when the answer is a number, an expression or a text. */
import type { Kind } from '@/lib/domain/question';
import { lastBoxed, sameExpression } from '@/lib/domain/verifier/math/math';
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { findNumbers, type NumberReading, readNumber } from '@/lib/domain/verifier/math/number-text';
import { plainMath } from '@/lib/domain/verifier/math/plain-math';
import { trimSpan } from '@/lib/domain/verifier/response';
import { meanRouge, rougeTokens } from '@/lib/domain/verifier/text';
import type { Concluded } from './concluded-choice';
import { findConclusions } from './conclusion';
import { isConcluding, takesBack } from './conclusion-cues';
import { sentenceEnd, sentenceStart } from './sentence-borders';

export type Agreement = 'same' | 'different' | 'unclear';

const VALUE_REACH = 300;

export type ConcludedValue = Concluded & {
  /** Only the last words, with no sign that they conclude: they can agree with the answer but not contradict it. */
  readonly isTentative: boolean;
};

/** The text that a thinking commits to last as its answer; null when it states none or takes it back. */
export const concludeValue = (thinking: string): ConcludedValue | null => {
  const all = findConclusions(thinking, (at, cue) => (cue.letterOnly ? undefined : valueAt(thinking, at)));
  const last = all.findLast((conclusion) => conclusion.strength === 2);
  if (!last) return lastSentence(thinking);
  if (takesBack(thinking.slice(last.span.end))) return null;
  const start = sentenceStart(thinking, last.span.start, 0);
  return {
    value: last.value,
    span: last.span,
    sentence: { start, end: Math.max(last.span.end, start) },
    isTentative: false,
  };
};

const valueAt = (text: string, at: number): { value: string; end: number } | undefined => {
  let from = at;
  while (from < text.length && from < at + 20 && /[\s*"“:：]/.test(text.charAt(from))) from += 1;
  if (text.startsWith('\\[', from) || text.startsWith('\\(', from)) {
    const close = text.indexOf(text.charAt(from + 1) === '[' ? '\\]' : '\\)', from);
    if (close > 0 && close < from + VALUE_REACH && text.charAt(from + 1) === '[') {
      return { value: text.slice(from, close + 2), end: close + 2 };
    }
  }
  const braced = text.startsWith('{', at - 1) && at > 6 ? lastBoxed(text.slice(at - 7, at + VALUE_REACH)) : undefined;
  if (braced !== undefined) return { value: braced, end: at + braced.length };
  const end = Math.min(sentenceEnd(text, from, text.length), from + VALUE_REACH);
  const value = text.slice(from, end).trim();
  return value === '' || /^not\b/i.test(value) ? undefined : { value, end };
};

/** The last sentence that opens as a conclusion, of the last two (a remark may follow it); else the last one, tentative. */
const lastSentence = (thinking: string): ConcludedValue | null => {
  let { end } = trimSpan(thinking, 0, thinking.length);
  let last: ConcludedValue | null = null;
  for (let back = 0; back < 2 && end > 0; back += 1) {
    const start = sentenceStart(thinking, end - 1, 0);
    const value = thinking.slice(start, end);
    const isTentative = !isConcluding(value);
    const found = { value, span: { start, end }, sentence: { start, end }, isTentative };
    if (!isTentative) return found;
    last ??= found;
    end = trimSpan(thinking, 0, start).end;
  }
  return last;
};

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
