/**
 * The last committed conclusion of a thinking. The end is read first and more only when nothing stands there, since
 * the last commitment is the one that counts.
 */

import type { Span } from '@/lib/domain/verifier/response';
import { findCues } from './conclusion-cues';

/** One statement of what the answer is. */
export type Conclusion<Value> = {
  readonly value: Value;
  readonly strength: 1 | 2;
  /** The cue and its value. */
  readonly span: Span;
};

/** Reads the value at an offset; undefined when no conclusion stands there. */
export type ValueReader<Value> = (
  at: number,
  cue: { readonly letterOnly: boolean; readonly strength: 1 | 2 },
) => { readonly value: Value; readonly end: number } | undefined;

/** Characters from the end. What stands further from the end than the last is no conclusion. */
const WINDOWS = [240, 1_200, 60_000];
/** More cues than this are a loop; the last ones say it all. */
const MAX_CUES = 200;

/** Conclusions near the end of `text`, in order; reads further back only while there is no strong one. */
export const findConclusions = <Value>(text: string, read: ValueReader<Value>): readonly Conclusion<Value>[] => {
  let found: readonly Conclusion<Value>[] = [];
  for (const size of WINDOWS) {
    found = conclusionsFrom(text, Math.max(0, text.length - size), read);
    if (found.some((conclusion) => conclusion.strength === 2) || text.length <= size) return found;
  }
  return found;
};

const conclusionsFrom = <Value>(text: string, from: number, read: ValueReader<Value>): readonly Conclusion<Value>[] =>
  findCues(text, from)
    .slice(-MAX_CUES)
    .flatMap((cue) => {
      const value = read(cue.valueAt, cue);
      if (!value) return [];
      return [{ value: value.value, strength: cue.strength, span: { start: cue.start, end: value.end } }];
    });
