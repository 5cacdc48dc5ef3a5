/**
 * Words of a text for counting and for finding repetition: words, numbers, and single CJK characters. Hashes instead
 * of strings: a verdict reads every character of every rollout, and this is where its time goes.
 */
import { charClasses, DIGIT, LETTER, OTHER, SPACE, WIDE } from './char-class';

export type Tokens = {
  readonly count: number;
  /** Hash of each token, ASCII case folded. Only the first `count` entries of every array mean something. */
  readonly hashes: Int32Array;
  /** UTF-16 offsets of each token. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Marks (punctuation, operators) in the text before each token. */
  readonly marks: Int32Array;
};

/** Takes a text apart, in one pass. */
export const tokenize = (text: string): Tokens => {
  // A token and the gap behind it take two characters, except where script has no spaces.
  let size = (text.length >> 2) + 16;
  let hashes = new Int32Array(size);
  let starts = new Int32Array(size);
  let ends = new Int32Array(size);
  let marks = new Int32Array(size);
  let seenMarks = 0;
  let count = 0;
  let at = 0;
  const length = text.length;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = charClasses[code] ?? OTHER;
    if (kind === SPACE) {
      at += 1;
      continue;
    }
    if (kind === OTHER) {
      seenMarks += 1;
      at += 1;
      continue;
    }
    if (count === size) {
      size *= 2;
      [hashes, starts, ends, marks] = [grown(hashes, size), grown(starts, size), grown(ends, size), grown(marks, size)];
    }
    starts[count] = at;
    marks[count] = seenMarks;
    let hash = Math.imul(0x811c9dc5 ^ folded(code), 0x01000193);
    at += 1;
    if (kind !== WIDE) {
      while (at < length) {
        const next = text.charCodeAt(at);
        const nextKind = charClasses[next];
        if (nextKind !== LETTER && nextKind !== DIGIT) break;
        hash = Math.imul(hash ^ folded(next), 0x01000193);
        at += 1;
      }
    }
    hashes[count] = hash;
    ends[count] = at;
    count += 1;
  }
  return { count, hashes, starts, ends, marks };
};

const grown = (array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
};

/** ASCII capitals as small letters. */
const folded = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code);
