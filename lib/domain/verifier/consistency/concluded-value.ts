/** What a thinking concludes when the answer is a number, an expression or a text. */
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import type { Span } from '@/lib/domain/verifier/response';
import { type Conclusion, findConclusions, foldWide, isStatement } from './conclusion';
import { sentenceEnd, sentenceStart, trimmedEnd } from './sentence-borders';
import { isConcluding, isHedged, lastRetraction } from './stance';

const VALUE_REACH = 300;

export type ConcludedValue = {
  readonly value: string;
  /** Offsets into the thinking. */
  readonly span: Span;
  readonly sentence: Span;
  /** Only the last words, with no sign that they conclude: they can agree with the answer but not contradict it. */
  readonly isTentative: boolean;
  /** What the thinking guesses at behind this conclusion. */
  readonly guesses: readonly string[];
};

/** The text that a thinking commits to last as its answer; null when it states none or takes it back. */
export const concludeValue = (thinking: string): ConcludedValue | null => {
  const text = foldWide(thinking);
  const all = findConclusions(text, (cue) => (cue.letterOnly ? undefined : valueAt(text, cue.valueAt)));
  const last = all.findLast(isStatement);
  if (!last) return lastSentence(text);
  if (lastRetraction(text.slice(last.span.end)) >= 0) return null;
  const start = sentenceStart(text, last.span.start, 0);
  const sentence = { start, end: Math.max(last.span.end, start) };
  return { value: last.value, span: last.span, sentence, isTentative: false, guesses: guessesBehind(last, all) };
};

const guessesBehind = (last: Conclusion<string>, all: readonly Conclusion<string>[]): readonly string[] =>
  all.flatMap(({ isTentative, span, value }) => (isTentative && span.start >= last.span.start ? [value] : []));

const denies = /^(?:not\b|n['’]t\b|n't\b)|^[^\s]{0,12}\s?(?:ではあり|ではない|じゃない|[가이] 아)/i;

const valueAt = (text: string, at: number): { value: string; end: number } | undefined => {
  let from = at;
  while (from < text.length && from < at + 20 && /[\s*"“:：]/.test(text.charAt(from))) from += 1;
  if (text.startsWith('\\[', from)) {
    const close = text.indexOf('\\]', from);
    if (close > 0 && close < from + VALUE_REACH) return { value: text.slice(from, close + 2), end: close + 2 };
  }
  const braced = text.startsWith('{', at - 1) && at > 6 ? lastBoxed(text.slice(at - 7, at + VALUE_REACH)) : undefined;
  if (braced?.trim() === '') return undefined;
  if (braced !== undefined) return { value: braced, end: at + braced.length };
  const end = Math.min(sentenceEnd(text, from, text.length), from + VALUE_REACH);
  const value = text.slice(from, end).trim();
  return value === '' || denies.test(value) ? undefined : { value, end };
};

/** The last sentence that opens as a conclusion, of the last two (a remark may follow it); else the last one, tentative. */
const lastSentence = (text: string): ConcludedValue | null => {
  let end = trimmedEnd(text, text.length);
  let last: ConcludedValue | null = null;
  for (let back = 0; back < 2 && end > 0; back += 1) {
    const border = sentenceStart(text, end - 1, 0);
    const retraction = lastRetraction(text.slice(border, end));
    const start = border + Math.max(retraction, 0);
    const value = text.slice(start, end);
    const isTentative: boolean = !isConcluding(value) || isHedged(value) || goesOn(last);
    const found: ConcludedValue = { value, span: { start, end }, sentence: { start, end }, isTentative, guesses: [] };
    if (!isTentative) return found;
    if (!deniesNumber.test(value)) last ??= found;
    // What stands before a change of mind is withdrawn.
    if (retraction >= 0) break;
    end = trimmedEnd(text, start);
  }
  return last;
};

/** "So the first is 3 m. The second is 4 m.": a number behind a conclusion makes it a step. */
const goesOn = (later: ConcludedValue | null): boolean => later !== null && /\d/.test(later.value);

const deniesNumber = /(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+){0,2}[-$]?\d|不(?:是|为|等于)\s*[-$]?\d|[?？]$/i;
