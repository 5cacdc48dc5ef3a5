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
  const exact = lastOccurrence(codesOf(thinking), codesOf(wanted));
  if (exact >= 0) return { start: exact, end: exact + wanted.length };
  const folded = foldQuote(wanted);
  if (!/[\p{L}\p{N}]/u.test(folded)) return undefined;
  const { units, offsets, length } = fold(thinking);
  const at = lastOccurrence(units.subarray(0, length), codesOf(folded));
  const [first, last] = [offsets[at], offsets[at + folded.length - 1]];
  return at < 0 || first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
};

const codesOf = (text: string): Uint16Array => {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
};

const SPACE = 32;
const dropped = new Set(codesOf(`*_\`"'“”„‟‘’‚‛«»‹›「」『』\u200b\u200c\u200d\u2060\ufeff`));
const dashes = new Set(codesOf('‐‑‒–—―−－'));

const foldQuote = (quote: string): string => {
  const { units, length } = fold(quote);
  const text = String.fromCharCode(...units.subarray(0, length));
  return text.replace(/^[ .…]+/, '').replace(/[ .…。]{1,8}$/, '');
};

type Folded = {
  readonly units: Uint16Array;
  /** For each unit the offset of the unit that it came from. */
  readonly offsets: Uint32Array;
  /** How many of them are used. */
  readonly length: number;
};

const fold = (text: string): Folded => {
  const units = new Uint16Array(text.length);
  const offsets = new Uint32Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const unit = folds[code] ?? 0;
    if (unit === 0 || (unit === SPACE && (length === 0 || units[length - 1] === SPACE))) continue;
    units[length] = unit;
    offsets[length] = at;
    length += 1;
  }
  return { units, offsets, length };
};

const foldCode = (code: number): number => {
  if (code >= 65 && code <= 90) return code + 32;
  if (dropped.has(code)) return 0;
  if (code < 128) return Math.max(code, SPACE);
  if (dashes.has(code)) return 45;
  if (code >= 0xff01 && code <= 0xff5e) return foldCode(code - 0xfee0);
  return String.fromCharCode(code).trim() === '' ? SPACE : code;
};

/** Per UTF-16 unit what it is folded to; 0 where it is left out. */
const folds: Uint16Array = Uint16Array.from({ length: 0x10000 }, (_, code) => foldCode(code));

/** Offset of the last occurrence, or -1; Knuth–Morris–Pratt, since `lastIndexOf` is quadratic on hostile texts. */
const lastOccurrence = (text: Uint16Array, wanted: Uint16Array): number => {
  const fallback = new Int32Array(wanted.length);
  for (let at = 1, matched = 0; at < wanted.length; at += 1) {
    while (matched > 0 && wanted[at] !== wanted[matched]) matched = fallback[matched - 1] ?? 0;
    if (wanted[at] === wanted[matched]) matched += 1;
    fallback[at] = matched;
  }
  let found = -1;
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    const code = text[at];
    while (matched > 0 && code !== wanted[matched]) matched = fallback[matched - 1] ?? 0;
    if (code === wanted[matched]) matched += 1;
    if (matched < wanted.length) continue;
    found = at + 1 - wanted.length;
    matched = fallback[matched - 1] ?? 0;
  }
  return found;
};
