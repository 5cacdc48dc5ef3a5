/**
 * Our own seeded generator: the same seed must give the same pairs on every machine and in every version of Node.
 *
 * SplitMix32: a counter stepped by the odd constant nearest 2^32 / golden ratio, then an avalanche of two
 * multiply-xorshift rounds. Period 2^32; far more than the few hundred draws that one question needs. Not for secrets.
 */
const GOLDEN_STEP = 0x9e3779b9;

/** Spreads every bit of `value` over 32 bits: neighbouring seeds must not give neighbouring draws. */
export const mix32 = (value: number): number => {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** A source of integers in `[0, bound)`. */
export type Draw = (bound: number) => number;

/** A deterministic source for `seed` (any integer; its low 32 bits count). `bound` must be a positive integer. */
export const createDraw = (seed: number): Draw => {
  let counter = seed | 0;
  return (bound) => {
    counter = (counter + GOLDEN_STEP) | 0;
    // Scaling instead of a modulo: the bias is below 2^-20 for the bounds used here.
    return Math.floor((mix32(counter) / 0x1_0000_0000) * bound);
  };
};

/** Draws from where `counter` stands, and gives where it stands then. By itself, so that it is compiled as one loop. */
const countDraws = (tally: Uint16Array, counter: number): number => {
  const bound = tally.length;
  // The same step in 32 bits with a sign: sums of two of those never leave the whole numbers of the machine.
  const step = GOLDEN_STEP | 0;
  let at = counter;
  for (let turn = 0; turn < bound; turn += 1) {
    at = (at + step) | 0;
    const place = Math.floor((mix32(at) / 0x1_0000_0000) * bound);
    tally[place] = (tally[place] ?? 0) + 1;
  }
  return at;
};

/**
 * Draws a place in `tally` as often as it has places, and leaves in each how often it was drawn. The draws are those of
 * `createDraw`, millions a second of them: a call for each would take three times as long.
 */
export const createTally = (seed: number): ((tally: Uint16Array) => void) => {
  let counter = seed | 0;
  return (tally) => {
    tally.fill(0);
    counter = countDraws(tally, counter);
  };
};

/** A shuffled copy (Fisher and Yates, from the end). Takes exactly `max(0, length - 1)` draws. */
export const shuffled = <T>(items: readonly T[], draw: Draw): T[] => {
  const rest = [...items];
  const result: T[] = [];
  while (rest.length > 1) {
    const at = draw(rest.length);
    const last = rest.length - 1;
    const picked = rest[at];
    const moved = rest[last];
    if (picked === undefined || moved === undefined) break;
    result.push(picked);
    rest[at] = moved;
    rest.pop();
  }
  return result.concat(rest);
};
