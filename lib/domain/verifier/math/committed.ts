/** The part of an answer that it commits to last, where several stand in it. */
import { closingBrace, lastBoxed } from './boxed';

/** A longer text is read from its end only. */
const MAX_TEXT = 4_000;
const JOINED = /^[\s$]*(?:,|;|and|or|,\s*and|,\s*or|\\text\{\s*(?:and|or)\s*\}|\\quad|和|或)?[\s$]*$/;

/**
 * The last `\boxed{…}` (several that `,`, `and` or `or` join count as one list); else what follows the last "the
 * answer is", or the last correction ("wait, no, 7"); else, in prose, the last formula between dollar signs or
 * brackets. A text without any of these is itself the answer.
 */
export const committedAnswer = (answer: string): string => {
  const text = answer.length > MAX_TEXT ? answer.slice(-MAX_TEXT) : answer;
  const boxed = boxedAnswers(text) ?? lastBoxed(text);
  if (boxed !== undefined) return boxed;
  const said = afterLast(text, CUES);
  const kept = afterLast(said, CORRECTIONS);
  return isProse(kept) ? (lastFormula(kept) ?? kept) : kept;
};

const boxedAnswers = (text: string): string | undefined => {
  const found: string[] = [];
  let from = 0;
  let at = text.indexOf('\\boxed{');
  while (at >= 0) {
    const close = closingBrace(text, at + 6);
    if (close === undefined) return undefined;
    if (found.length > 0 && !JOINED.test(text.slice(from, Math.min(at, from + 40)))) found.length = 0;
    if (at - from > 40) found.length = 0;
    found.push(text.slice(at + 7, close));
    from = close + 1;
    at = text.indexOf('\\boxed{', from);
  }
  return found.length > 1 && new Set(found).size > 1 ? found.join(', ') : undefined;
};

const CUES =
  /(?:\banswer|\bresult|\bsolution|\bvalue)\s*(?:is|are|:|=|equals|would be|should be)\s*:?|答案(?:[是为]\s*[:：]?|[:：])|\b(?:therefore|thus|hence|so),?\s/gi;
const CORRECTIONS =
  /\b(?:wait|actually|no wait|correction|i mean|rather|scratch that)\b[,.:\s]*(?:no\b[,.:\s]*)?(?:it(?:'s| is)\s)?|不对[，,]?/gi;

const afterLast = (text: string, pattern: RegExp): string => {
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const after = (match.index ?? 0) + match[0].length;
    if (/[\p{L}\p{N}\\]/u.test(text.slice(after, after + 200))) end = after;
  }
  return text.slice(end);
};

/** Three ordinary words: a formula or a number with a unit has fewer. */
const isProse = (text: string): boolean =>
  (text.replace(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, ' ').match(/\b[a-zA-Z]{2,}\b/g)?.length ?? 0) >= 3;

const FORMULAS = [/\$\$?([^$]{1,400})\$\$?/g, /\\\(([^)]{1,400}?)\\\)/g, /\\\[([^\]]{1,400}?)\\\]/g];

const lastFormula = (text: string): string | undefined => {
  const found = FORMULAS.flatMap((pattern) => [...text.matchAll(pattern)]);
  return found.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).at(-1)?.[1];
};
