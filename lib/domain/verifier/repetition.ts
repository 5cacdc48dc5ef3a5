/**
 * Repetition: how much of a response says again what it said before. Tokens are words, numbers and single CJK
 * characters; case, space and punctuation do not count. A token is repeated when it lies in an n-gram that occurred
 * before, or in a loop at the end (the same 1 to many tokens at least three times in a row up to the last one).
 * Score = repeated tokens / tokens. Linear in the length of the text.
 */
import type { Span } from './response';

export type Repetition = {
  /** Share of repeated tokens in [0, 1]. */
  readonly score: number;
  /** The repeated runs, 50 at most, in order. */
  readonly repeats: readonly Span[];
  /** The loop the text ends in, without its first turn; null when there is none. */
  readonly loop: Span | null;
};

const MAX_SPANS = 50;
/** A loop must cover this many tokens: `no, no, no` is speech. */
const MIN_LOOP_TOKENS = 12;

type Tokens = {
  readonly count: number;
  readonly hashes: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** Measures a text with n-grams of `ngram` tokens. */
export const measureRepetition = (text: string, ngram: number): Repetition => {
  const tokens = tokenize(text);
  if (tokens.count === 0) return { score: 0, repeats: [], loop: null };
  const repeated = new Uint8Array(tokens.count);
  markNgrams(tokens, ngram, repeated);
  const loopStart = findLoop(tokens);
  if (loopStart >= 0) repeated.fill(1, loopStart);
  let covered = 0;
  for (let i = 0; i < tokens.count; i += 1) covered += repeated[i] ?? 0;
  const loop = loopStart < 0 ? null : { start: tokens.starts[loopStart] ?? 0, end: tokens.ends[tokens.count - 1] ?? 0 };
  return { score: covered / tokens.count, repeats: covered === 0 ? [] : spansOf(tokens, repeated), loop };
};

const tokenize = (text: string): Tokens => {
  // A token and the gap behind it take two characters, except where script has no spaces.
  let size = (text.length >> 2) + 16;
  let hashes = new Int32Array(size);
  let starts = new Int32Array(size);
  let ends = new Int32Array(size);
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isTokenCode(code)) {
      at += 1;
      continue;
    }
    if (count === size) {
      size *= 2;
      [hashes, starts, ends] = [grown(hashes, size), grown(starts, size), grown(ends, size)];
    }
    starts[count] = at;
    let hash = 0x811c9dc5;
    if (code >= 0x2e80) {
      hash = Math.imul(hash ^ code, 0x01000193);
      at += 1;
    } else {
      let next = code;
      while (isTokenCode(next) && next < 0x2e80) {
        hash = Math.imul(hash ^ (next >= 65 && next <= 90 ? next | 32 : next), 0x01000193);
        at += 1;
        next = at < text.length ? text.charCodeAt(at) : 0;
      }
    }
    hashes[count] = hash;
    ends[count] = at;
    count += 1;
  }
  return { count, hashes, starts, ends };
};

const grown = (array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
};

/** Letters, digits and everything above Latin-1 marks, but not CJK punctuation or general punctuation. */
const isTokenCode = (code: number): boolean => {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  if (code < 0xc0 || (code >= 0x2000 && code < 0x2070)) return false;
  return !((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff0f) || code === 0xff1a);
};

/** Marks the tokens of every n-gram that occurred before. Equal hashes are checked token by token. */
const markNgrams = (tokens: Tokens, ngram: number, repeated: Uint8Array): void => {
  const { count, hashes } = tokens;
  const grams = count - ngram + 1;
  if (grams < 2) return;
  const bits = Math.max(4, 33 - Math.clz32(grams));
  const slots = new Int32Array(1 << bits);
  const mask = slots.length - 1;
  let power = 1;
  for (let i = 1; i < ngram; i += 1) power = Math.imul(power, 31);
  let rolling = 0;
  for (let i = 0; i < ngram - 1; i += 1) rolling = (Math.imul(rolling, 31) + (hashes[i] ?? 0)) | 0;
  let marked = 0;
  let earlierOfPrevious = -2;
  for (let at = 0; at < grams; at += 1) {
    rolling = (Math.imul(rolling, 31) + (hashes[at + ngram - 1] ?? 0)) | 0;
    let slot = Math.imul(rolling, 0x9e3779b1) >>> (32 - bits);
    let earlier = -1;
    // Probing stops after 64 slots: a text made to collide must not make this quadratic.
    for (let probe = 0; probe < 64; probe += 1) {
      const stored = (slots[slot] ?? 0) - 1;
      if (stored < 0) {
        slots[slot] = at + 1;
        break;
      }
      if (sameGram(hashes, stored, at, stored === earlierOfPrevious + 1 ? ngram - 1 : 0, ngram)) {
        earlier = stored;
        break;
      }
      slot = (slot + 1) & mask;
    }
    if (earlier >= 0) {
      for (let i = Math.max(marked, at); i < at + ngram; i += 1) repeated[i] = 1;
      marked = at + ngram;
    }
    earlierOfPrevious = earlier >= 0 ? earlier : -2;
    rolling = (rolling - Math.imul(power, hashes[at] ?? 0)) | 0;
  }
};

const sameGram = (hashes: Int32Array, a: number, b: number, from: number, ngram: number): boolean => {
  for (let i = from; i < ngram; i += 1) if (hashes[a + i] !== hashes[b + i]) return false;
  return true;
};

/**
 * Index of the first token of the second turn of the loop at the end; -1 when there is none. The Z-function over the
 * reversed tokens gives, for each period, how far back the text keeps it.
 */
const findLoop = ({ count, hashes }: Tokens): number => {
  const z = new Int32Array(count);
  const last = count - 1;
  let left = 0;
  let right = 0;
  let best = 0;
  let bestPeriod = 0;
  for (let i = 1; i < count; i += 1) {
    let length = i < right ? Math.min(right - i, z[i - left] ?? 0) : 0;
    while (i + length < count && hashes[last - length] === hashes[last - i - length]) length += 1;
    z[i] = length;
    if (i + length > right) [left, right] = [i, i + length];
    if (length >= 2 * i && length + i >= MIN_LOOP_TOKENS && length + i > best) [best, bestPeriod] = [length + i, i];
  }
  return best === 0 ? -1 : count - best + bestPeriod;
};

const spansOf = (tokens: Tokens, repeated: Uint8Array): readonly Span[] => {
  const spans: Span[] = [];
  let from = -1;
  for (let i = 0; i <= tokens.count && spans.length < MAX_SPANS; i += 1) {
    const inRun = i < tokens.count && repeated[i] === 1;
    if (inRun && from < 0) from = i;
    if (inRun || from < 0) continue;
    spans.push({ start: tokens.starts[from] ?? 0, end: tokens.ends[i - 1] ?? 0 });
    from = -1;
  }
  return spans;
};
