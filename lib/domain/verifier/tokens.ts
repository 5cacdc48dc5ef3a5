/**
 * Words of a text for counting and for finding repetition: words, numbers, and single characters of scripts without
 * spaces. Hashes instead of strings: a verdict reads every character of every rollout, and this is where its time goes.
 *
 * A policy that falls apart also writes `aaaa…` and `!!!!…`: what is too long for a word is cut into several, and a long
 * run of marks, which otherwise are no words, is too.
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

/** Longest word, in UTF-16 units. */
const MAX_WORD = 32;
/** A run of marks with this many of them, whatever space between, is words of `MARKS_A_WORD`. Rulers are shorter. */
const MIN_MARK_RUN = 96;
const MARKS_A_WORD = 8;

/** Takes a text apart, in one pass. */
export const tokenize = (text: string): Tokens => {
  // A token and the gap behind it take two characters, except where script has no spaces.
  let size = (text.length >> 2) + 16;
  let hashes = new Int32Array(size);
  let starts = new Int32Array(size);
  let ends = new Int32Array(size);
  let marks = new Int32Array(size);
  let seenMarks = 0;
  let run = 0;
  let runStart = 0;
  let count = 0;
  let at = 0;
  const length = text.length;
  const grow = () => {
    size *= 2;
    [hashes, starts, ends, marks] = [grown(hashes, size), grown(starts, size), grown(ends, size), grown(marks, size)];
  };
  const addMarks = () => {
    let before = seenMarks - run;
    for (let from = runStart; from < at; ) {
      if (count === size) grow();
      const word = markWord(text, from, at);
      starts[count] = from;
      marks[count] = before;
      hashes[count] = word.hash;
      ends[count] = word.end;
      count += 1;
      before += word.taken;
      from = word.next;
    }
  };
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = charClasses[code] ?? OTHER;
    if (kind === SPACE) {
      at += 1;
      continue;
    }
    if (kind === OTHER) {
      if (run === 0) runStart = at;
      run += 1;
      seenMarks += 1;
      at += 1;
      continue;
    }
    if (run >= MIN_MARK_RUN) addMarks();
    run = 0;
    if (count === size) grow();
    starts[count] = at;
    marks[count] = seenMarks;
    let hash = Math.imul(0x811c9dc5 ^ folded(code), 0x01000193);
    at += 1;
    if (kind !== WIDE) {
      const last = Math.min(length, at - 1 + MAX_WORD);
      while (at < last) {
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
  if (run >= MIN_MARK_RUN) addMarks();
  return { count, hashes, starts, ends, marks };
};

type MarkWord = { readonly hash: number; readonly taken: number; readonly end: number; readonly next: number };

/** The next marks of a run as one word: its hash, how many they are, where it ends, and where the one behind it starts. */
const markWord = (text: string, from: number, limit: number): MarkWord => {
  let hash = 0;
  let taken = 0;
  let end = from;
  let at = from;
  for (; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (charClasses[code] !== OTHER) continue;
    if (taken === MARKS_A_WORD) break;
    hash = Math.imul(hash ^ code, 0x01000193);
    taken += 1;
    end = at + 1;
  }
  return { hash, taken, end, next: at };
};

const grown = (array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
};

/** ASCII capitals as small letters. */
const folded = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code);
