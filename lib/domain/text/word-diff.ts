/** What changed between two texts, word by word where that is affordable. */
import { diffArrays, diffWordsWithSpace } from 'diff';
import { splitSentences } from './sentences';

export type DiffSegment = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };
export type TextDiff = {
  /** The finest level that stayed within its bound. */
  readonly level: 'word' | 'sentence' | 'whole';
  /** `same` and `removed` make up the old text, `same` and `added` the new one. */
  readonly segments: readonly DiffSegment[];
};

/*
 * The algorithm takes about the square of the number of changes. The bounds are counts and not milliseconds, so
 * that the same two texts look the same on every machine. 1,000 changes cost below 0.1 s, the time that a key may
 * take to the next pair; chains with more in them read better by sentences anyway.
 */
const MAX_WORD_CHANGES = 1_000;
const MAX_SENTENCE_CHANGES = 2_000;
/** Cutting millions of characters into words alone takes too long between a key and the next pair. */
const MAX_WORD_CHARACTERS = 400_000;

type Change = { readonly value: string; readonly added: boolean; readonly removed: boolean };

const segmentOf = ({ value, added, removed }: Change): DiffSegment => ({
  kind: added ? 'added' : removed ? 'removed' : 'same',
  text: value,
});

const wordChanges = (before: string, after: string): readonly Change[] | undefined =>
  before.length + after.length > MAX_WORD_CHARACTERS
    ? undefined
    : diffWordsWithSpace(before, after, { maxEditLength: MAX_WORD_CHANGES });

/** Sentences with the space after them, so that joined they are the text again. */
const pieces = (text: string): string[] => {
  const starts = splitSentences(text).map(({ start }) => start);
  return starts.length === 0
    ? [text]
    : starts.map((start, at) => text.slice(at === 0 ? 0 : start, starts[at + 1] ?? text.length));
};

const sentenceChanges = (before: string, after: string): readonly Change[] | undefined =>
  diffArrays(pieces(before), pieces(after), { maxEditLength: MAX_SENTENCE_CHANGES })?.map((change) => ({
    ...change,
    value: change.value.join(''),
  }));

/**
 * The differences from `before` to `after`. Falls back from words to sentences to the whole text when the texts are
 * too long or too different for the finer level.
 */
export const diffTexts = (before: string, after: string): TextDiff => {
  const words = wordChanges(before, after);
  if (words) return { level: 'word', segments: words.map(segmentOf) };
  const sentences = sentenceChanges(before, after);
  if (sentences) return { level: 'sentence', segments: sentences.map(segmentOf) };
  const whole: DiffSegment[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return { level: 'whole', segments: whole.filter(({ text }) => text !== '') };
};
