/**
 * Where a quoted sentence stands in a thinking. A judge copies by heart: it changes quotation marks, mark-up, spaces
 * and the case of letters. What cannot be found is no evidence. Time is linear in both texts.
 */
import type { Span } from '@/lib/domain/verifier/response';

/** A quote is a sentence or two; a longer one is not looked for. */
const MAX_QUOTE = 4_000;

/**
 * Span of the last place where `quote` stands in `thinking`: to the letter where it does, else with mark-up, quotation
 * marks, zero-width characters and runs of white space left out, dashes and full-width forms folded, ASCII case
 * ignored, and dots at the quote's ends (`…so B`) taken off. Undefined when it stands nowhere or says nothing.
 */
export const locateQuote = (thinking: string, quote: string): Span | undefined => {
  const wanted = quote.trim();
  if (wanted === '' || wanted.length > MAX_QUOTE) return undefined;
  const exact = lastOccurrence(thinking, wanted);
  if (exact >= 0) return { start: exact, end: exact + wanted.length };
  const folded = fold(wanted)
    .text.replace(/^[ .…]+/, '')
    .replace(/[ .…。]{1,8}$/, '');
  if (!/[\p{L}\p{N}]/u.test(folded)) return undefined;
  const { text, offsets } = fold(thinking);
  const at = lastOccurrence(text, folded);
  const [first, last] = [offsets[at], offsets[at + folded.length - 1]];
  return at < 0 || first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
};

const SPACE = ' ';
const dropped = new Set(`*_\`"'“”„‟‘’‚‛«»‹›「」『』\u200b\u200c\u200d\u2060\ufeff`);
const dashes = new Set('‐‑‒–—―−－');

/** Folded units, and for each the offset of the unit that it came from. */
const fold = (text: string): { readonly text: string; readonly offsets: Uint32Array } => {
  const units: string[] = [];
  const offsets = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = foldUnit(text.charAt(at));
    if (unit === '' || (unit === SPACE && (count === 0 || units[count - 1] === SPACE))) continue;
    units.push(unit);
    offsets[count] = at;
    count += 1;
  }
  return { text: units.join(''), offsets };
};

const foldUnit = (unit: string): string => {
  const code = unit.charCodeAt(0);
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
  if (dropped.has(unit)) return '';
  if (code < 128) return code <= 32 ? SPACE : unit;
  if (dashes.has(unit)) return '-';
  if (code >= 0xff01 && code <= 0xff5e) return foldUnit(String.fromCharCode(code - 0xfee0));
  return unit.trim() === '' ? SPACE : unit;
};

/** Offset of the last occurrence, or -1; Knuth–Morris–Pratt, since `lastIndexOf` is quadratic on hostile texts. */
const lastOccurrence = (text: string, wanted: string): number => {
  const fallback = new Int32Array(wanted.length);
  for (let at = 1, matched = 0; at < wanted.length; at += 1) {
    while (matched > 0 && wanted.charCodeAt(at) !== wanted.charCodeAt(matched)) matched = fallback[matched - 1] ?? 0;
    if (wanted.charCodeAt(at) === wanted.charCodeAt(matched)) matched += 1;
    fallback[at] = matched;
  }
  let found = -1;
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    while (matched > 0 && code !== wanted.charCodeAt(matched)) matched = fallback[matched - 1] ?? 0;
    if (code === wanted.charCodeAt(matched)) matched += 1;
    if (matched < wanted.length) continue;
    found = at + 1 - wanted.length;
    matched = fallback[matched - 1] ?? 0;
  }
  return found;
};
