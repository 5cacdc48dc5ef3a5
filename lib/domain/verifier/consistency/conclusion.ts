/**
 * The last committed conclusion of a thinking. The end is read first and more only when nothing stands there, since
 * the last commitment is the one that counts.
 */
import type { Span } from '@/lib/domain/verifier/response';
import type { Cue } from './cue';
import { addEnglishCues } from './english-cues';
import { addOtherCues } from './other-cues';
import { stanceOf } from './stance';

/** One statement of what the answer is. */
export type Conclusion<Value> = {
  readonly value: Value;
  readonly strength: 1 | 2;
  /** A guess, a condition or what others say: it never beats a commitment. */
  readonly isTentative: boolean;
  /** "B is correct": may speak of a statement B, and of what is not asked for. */
  readonly isJudgement: boolean;
  /** It names several values and decides for none. */
  readonly isOpen: boolean;
  /** Letters of other options that it may mean as well. */
  readonly alternatives: string;
  /** The cue and its value. */
  readonly span: Span;
};

/** Reads the value at a cue; undefined when no conclusion stands there. */
export type ValueReader<Value> = (cue: Cue) => Read<Value> | undefined;

type Read<Value> = {
  readonly value: Value;
  readonly end: number;
  readonly isOpen?: boolean;
  readonly alternatives?: string;
};

/** Characters from the end. What stands further from the end than the last is no conclusion. */
const WINDOWS = [240, 1_200, 60_000];
/** More cues than this are a loop; the last ones say it all. */
const MAX_CUES = 200;

/** Conclusions near the end of `text`, in order; reads further back only while there is no committed strong one. */
export const findConclusions = <Value>(text: string, read: ValueReader<Value>): readonly Conclusion<Value>[] => {
  let found: readonly Conclusion<Value>[] = [];
  for (const size of WINDOWS) {
    found = conclusionsFrom(text, Math.max(0, text.length - size), read);
    if (found.some(isStatement) || text.length <= size) return found;
  }
  return found;
};

/** Whether a conclusion is committed and says what the answer is. */
export const isStatement = ({ strength, isTentative }: Conclusion<unknown>): boolean => strength === 2 && !isTentative;

/** From the end back to the last statement: what stands before it is overtaken. */
const conclusionsFrom = <Value>(text: string, from: number, read: ValueReader<Value>): readonly Conclusion<Value>[] => {
  const found: Conclusion<Value>[] = [];
  for (const cue of findCues(text, from).slice(-MAX_CUES).reverse()) {
    const conclusion = readAt(text, cue, read);
    if (conclusion) found.push(conclusion);
    if (conclusion && isStatement(conclusion)) break;
  }
  return found.reverse();
};

const readAt = <Value>(text: string, cue: Cue, read: ValueReader<Value>): Conclusion<Value> | undefined => {
  const value = read(cue);
  const stance = value ? stanceOf(text, cue.start, value.end) : 'denied';
  if (!value || stance === 'denied') return undefined;
  return {
    value: value.value,
    strength: cue.strength,
    isTentative: cue.isTentative || stance === 'tentative',
    isJudgement: cue.isJudgement,
    isOpen: value.isOpen ?? false,
    alternatives: value.alternatives ?? '',
    span: { start: cue.start, end: value.end },
  };
};

/** Cues in `text` from an offset on, in the order of what they point at. */
const findCues = (text: string, from: number): readonly Cue[] => {
  const cues: Cue[] = [];
  addEnglishCues(text, from, cues);
  addOtherCues(text, from, cues);
  return cues.sort((a, b) => a.valueAt - b.valueAt || a.strength - b.strength);
};

const wide = /[\uff01-\uff5e]/;

/**
 * A text with the full-width letters, digits and marks of its end as ASCII: offsets stay, since each is one UTF-16
 * unit as before.
 */
export const foldWide = (text: string): string => {
  const from = Math.max(0, text.length - (WINDOWS.at(-1) ?? 0));
  const tail = text.slice(from);
  if (!wide.test(tail)) return text;
  const folded = tail.replace(/[\uff08\uff09\uff0c\uff0e\uff10-\uff1a\uff21-\uff3a\uff41-\uff5a]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
  return text.slice(0, from) + folded;
};
