/**
 * Repetition: how much of a response says again what it said before. Tokens are words, numbers and single characters of
 * scripts without spaces; case, space and punctuation do not count, except in a long run of marks alone. A token is
 * repeated when it lies in an n-gram that occurred before, or in a loop at the end (the same 1 to many tokens at least
 * three times in a row up to the last one). Score = repeated tokens / tokens. Linear in the length of the text.
 */
import type { Span } from './response';
import type { Tokens } from './tokens';

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

/** Measures a text with n-grams of `ngram` tokens. */
export const measureRepetition = (tokens: Tokens, ngram: number): Repetition => {
  if (tokens.count === 0) return { score: 0, repeats: [], loop: null };
  const repeated = new Uint8Array(tokens.count);
  markNgrams(tokens, ngram, repeated);
  const { start: loopStart, end: loopEnd } = findLoop(tokens);
  if (loopStart >= 0) repeated.fill(1, loopStart, loopEnd);
  let covered = 0;
  for (let i = 0; i < tokens.count; i += 1) covered += repeated[i] ?? 0;
  const loop = loopStart < 0 ? null : { start: tokens.starts[loopStart] ?? 0, end: tokens.ends[loopEnd - 1] ?? 0 };
  return { score: covered / tokens.count, repeats: covered === 0 ? [] : spansOf(tokens, repeated), loop };
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
  for (let at = 0; at < grams; at += 1) {
    rolling = (Math.imul(rolling, 31) + (hashes[at + ngram - 1] ?? 0)) | 0;
    let slot = Math.imul(rolling, 0x9e3779b1) >>> (32 - bits);
    // Probing stops after 64 slots: a text made to collide must not make this quadratic.
    for (let probe = 0; probe < 64; probe += 1) {
      const stored = (slots[slot] ?? 0) - 1;
      if (stored < 0) {
        slots[slot] = at + 1;
        break;
      }
      if (sameGram(hashes, stored, at, ngram)) {
        for (let i = Math.max(marked, at); i < at + ngram; i += 1) repeated[i] = 1;
        marked = at + ngram;
        break;
      }
      slot = (slot + 1) & mask;
    }
    rolling = (rolling - Math.imul(power, hashes[at] ?? 0)) | 0;
  }
};

const sameGram = (hashes: Int32Array, a: number, b: number, ngram: number): boolean => {
  for (let i = 0; i < ngram; i += 1) if (hashes[a + i] !== hashes[b + i]) return false;
  return true;
};

/** The loop at the end, up to the last token or to the one before it: sampling that is cut leaves half a word. */
const findLoop = ({ count, hashes }: Tokens): { readonly start: number; readonly end: number } => {
  const start = loopStartAt(hashes, count);
  return start >= 0 ? { start, end: count } : { start: loopStartAt(hashes, count - 1), end: count - 1 };
};

/**
 * Index of the first token of the second turn of the loop that the first `count` tokens end in; -1 when there is none.
 * For each length of the end: its longest border, and so its shortest period (Knuth, Morris and Pratt).
 */
const loopStartAt = (hashes: Int32Array, count: number): number => {
  const borders = new Int32Array(count + 1);
  let border = 0;
  let best = 0;
  let bestPeriod = 0;
  for (let length = 2; length <= count; length += 1) {
    const token = hashes[count - length];
    while (border > 0 && hashes[count - 1 - border] !== token) border = borders[border] ?? 0;
    if (hashes[count - 1 - border] === token) border += 1;
    borders[length] = border;
    const period = length - border;
    if (length >= 3 * period && length >= MIN_LOOP_TOKENS) [best, bestPeriod] = [length, period];
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
