/**
 * Classes of UTF-16 units for the scanners that look at every character. A table and not a chain of comparisons:
 * these loops are most of the cost of a verdict.
 */

/** White space, marks and punctuation. */
export const OTHER = 0;
/** A letter of a script that writes words with spaces between. */
export const LETTER = 1;
export const DIGIT = 2;
/** A character that is a word by itself, since its script writes no spaces: CJK, kana, Thai, Khmer; surrogate halves. */
export const WIDE = 3;
/** Space and control characters. */
export const SPACE = 4;

/** Thai, Lao and Tibetan; Myanmar; Khmer. */
const spaceless = [
  [0x0e00, 0x0fff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
] as const;

const classOf = (code: number): number => {
  if (code <= 32 || code === 0xa0 || code === 0x3000) return SPACE;
  if (code >= 48 && code <= 57) return DIGIT;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return LETTER;
  if (code < 0xc0 || (code >= 0x2000 && code < 0x2c00)) return OTHER;
  if (code < 0x2e80) return spaceless.some(([from, to]) => code >= from && code <= to) ? WIDE : LETTER;
  const isPunctuation = (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff0f) || code === 0xff1a;
  return isPunctuation || code === 0xff1b || code === 0xff1f ? OTHER : WIDE;
};

/** Class per UTF-16 unit. */
export const charClasses: Uint8Array = Uint8Array.from({ length: 0x10000 }, (_, code) => classOf(code));
