/** What a thinking concludes when the answer is a number, an expression or a text. */
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import { type Span, trimSpan } from '@/lib/domain/verifier/response';
import { findConclusions, isStatement } from './conclusion';
import { sentenceEnd, sentenceStart } from './sentence-borders';
import { isConcluding, lastRetraction } from './stance';

const VALUE_REACH = 300;

export type ConcludedValue = {
  readonly value: string;
  /** Offsets into the thinking. */
  readonly span: Span;
  readonly sentence: Span;
  /** Only the last words, with no sign that they conclude: they can agree with the answer but not contradict it. */
  readonly isTentative: boolean;
};

/** The text that a thinking commits to last as its answer; null when it states none or takes it back. */
export const concludeValue = (thinking: string): ConcludedValue | null => {
  const all = findConclusions(thinking, (cue) => (cue.letterOnly ? undefined : valueAt(thinking, cue.valueAt)));
  const last = all.findLast(isStatement);
  if (!last) return lastSentence(thinking);
  if (lastRetraction(thinking.slice(last.span.end)) >= 0) return null;
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
