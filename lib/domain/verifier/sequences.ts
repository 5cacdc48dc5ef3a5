/** Comparing two word sequences that a model may have made a million words long: exact where that is affordable. */

/** What two sequences share at both ends, and the middles that differ. Either middle may be empty. */
export type Middles = {
  readonly shared: number;
  readonly left: readonly string[];
  readonly right: readonly string[];
};

/** Takes the common beginning and end off: neither an edit distance nor a common subsequence changes by it. */
export const withoutCommonEnds = (left: readonly string[], right: readonly string[]): Middles => {
  const most = Math.min(left.length, right.length);
  let start = 0;
  while (start < most && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < most - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const middle = (words: readonly string[]) => words.slice(start, words.length - end);
  return { shared: start + end, left: middle(left), right: middle(right) };
};

/** The most steps that two middles may take, and how many words of each are looked at where they would take more. */
export type Limits = { readonly steps: number; readonly beginning: number };

/** A step is a cell of the table: some 0.3 s. */
const editLimits: Limits = { steps: 50_000_000, beginning: 7_000 };

/**
 * Word edits between two sequences. Where the table would be too large it is made for the beginnings and the rest
 * counts as different: never fewer edits than there are.
 */
export const editDistance = (one: readonly string[], other: readonly string[], limits = editLimits): number => {
  const { left, right } = withoutCommonEnds(one, other);
  if (left.length * right.length <= limits.steps) return tableDistance(left, right);
  const [a, b] = [left.slice(0, limits.beginning), right.slice(0, limits.beginning)];
  return tableDistance(a, b) + Math.max(left.length - a.length, right.length - b.length);
};

const tableDistance = (left: readonly string[], right: readonly string[]): number => {
  let previous = Int32Array.from({ length: left.length + 1 }, (_, i) => i);
  let current = new Int32Array(left.length + 1);
  for (let row = 1; row <= right.length; row += 1) {
    current[0] = row;
    for (let column = 1; column <= left.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (right[row - 1] === left[column - 1] ? 0 : 1);
      const gap = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current[column] = Math.min(substitution, gap);
    }
    [previous, current] = [current, previous];
  }
  return previous[left.length] ?? 0;
};

const WORD_BITS = 31;
const FULL = 0x7fffffff;
/** A step is a machine word of the bit-parallel scan: some 0.3 s. */
const lcsLimits: Limits = { steps: 50_000_000, beginning: 30_000 };

/**
 * Length of the longest common subsequence. Where the scan would take too long only the beginnings are scanned: never
 * more than there is.
 */
export const lcsLength = (one: readonly string[], other: readonly string[], limits = lcsLimits): number => {
  const { shared, left, right } = withoutCommonEnds(one, other);
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (Math.ceil(short.length / WORD_BITS) * long.length <= limits.steps) return shared + scanLcs(short, long);
  return shared + scanLcs(short.slice(0, limits.beginning), long.slice(0, limits.beginning));
};

/** The machine words in which a token occurs, and its bits there. Whole rows would take the square of the length. */
type Occurrences = { readonly words: number[]; readonly bits: number[] };

const occurrencesOf = (tokens: readonly string[]): ReadonlyMap<string, Occurrences> => {
  const known = new Map<string, Occurrences>();
  tokens.forEach((token, i) => {
    const found = known.get(token) ?? { words: [], bits: [] };
    const [word, bit] = [Math.floor(i / WORD_BITS), 1 << (i % WORD_BITS)];
    const last = found.words.length - 1;
    if (found.words[last] === word) found.bits[last] = (found.bits[last] ?? 0) | bit;
    else {
      found.words.push(word);
      found.bits.push(bit);
    }
    known.set(token, found);
  });
  return known;
};

/**
 * Bit-parallel: one machine word per 31 tokens of `short` and token of `long`. Source: Hyyrö, "Bit-parallel
 * LCS-length computation revisited".
 */
const scanLcs = (short: readonly string[], long: readonly string[]): number => {
  const words = Math.ceil(short.length / WORD_BITS);
  const occurrences = occurrencesOf(short);
  const mask = new Int32Array(words);
  const rows = new Int32Array(words).fill(FULL);
  for (const token of long) {
    const found = occurrences.get(token);
    if (!found) continue;
    found.words.forEach((word, i) => {
      mask[word] = found.bits[i] ?? 0;
    });
    let carry = 0;
    for (let w = 0; w < words; w += 1) {
      const v = rows[w] ?? 0;
      const m = mask[w] ?? 0;
      const sum = v + (v & m) + carry; // at most 2^32: exact as a double
      carry = sum > FULL ? 1 : 0;
      rows[w] = (sum & FULL) | (v & ~m);
    }
    for (const word of found.words) mask[word] = 0;
  }
  let zeros = 0;
  for (let i = 0; i < short.length; i += 1) {
    if (((rows[Math.floor(i / WORD_BITS)] ?? 0) & (1 << (i % WORD_BITS))) === 0) zeros += 1;
  }
  return zeros;
};
