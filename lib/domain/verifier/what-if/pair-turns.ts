/** How many pairs of each type a group gives, from how many couples each type has: the limits and turns of `pickCouples`. */
import { pairTypes } from '@/lib/domain/pair';
import type { PairSettings } from '@/lib/domain/pairs/settings';

export const TYPES = pairTypes.length;

/** Whether a type with this many couples may find too few when others took as many of them. */
export const runsOut = (couples: number, taken: number, most: number): boolean => taken > 0 && couples - taken < most;

/** One of each type in turn, the type with the fewest couples first, equals in the order of `pairTypes`. */
export const takeTurns = (sizes: Int32Array, settings: PairSettings, into: Uint8Array, at: number): void => {
  const { maxPerQuestion, maxPerTypePerQuestion } = settings;
  let left = maxPerQuestion;
  for (let round = 0; round < maxPerTypePerQuestion && left > 0; round++) {
    // The next smallest of what is left, five times: sorting would cost more.
    let [size, type]: [number, number] = [0, TYPES];
    for (;;) {
      let [nextSize, nextType]: [number, number] = [Number.POSITIVE_INFINITY, -1];
      for (let other = 0; other < TYPES; other++) {
        const couples = sizes[other] ?? 0;
        if (couples <= round || couples >= nextSize) continue;
        if (couples > size || (couples === size && other > type)) [nextSize, nextType] = [couples, other];
      }
      if (nextType < 0 || left === 0) break;
      into[at + nextType] = (into[at + nextType] ?? 0) + 1;
      left -= 1;
      [size, type] = [nextSize, nextType];
    }
  }
};
