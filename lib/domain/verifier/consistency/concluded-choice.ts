/** What a thinking concludes for a multiple-choice question. */
import { optionLetter } from '@/lib/domain/question';
import { optionsIn, optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import type { Span } from '@/lib/domain/verifier/response';
import { type Conclusion, findConclusions, foldWide, isStatement } from './conclusion';
import { bothOf, wordsAt } from './option-letter';
import { readOption } from './option-value';
import { sentenceEnd, sentenceStart, trimmedEnd } from './sentence-borders';
import { isConcluding, isHedged, lastRetraction } from './stance';

/** A conclusion in the thinking; offsets are into the thinking. */
export type Concluded = {
  /** Normalised like an answer: a letter, several where the thinking leaves it open (`CD`), none where no option fits. */
  readonly value: string;
  readonly span: Span;
  readonly sentence: Span;
  /** It names several options and decides for none. */
  readonly isOpen: boolean;
  /** Only a mention, or overtaken by what cannot be read: it can agree with an answer and not contradict it. */
  readonly isWeak: boolean;
  /** Letters that the thinking guesses at behind this conclusion, or that it may mean as well. */
  readonly guesses: string;
};

export type ConcludedReading =
  | { readonly found: Concluded; readonly reason: string }
  | { readonly found: null; readonly reason: string };

const none = (reason: string): ConcludedReading => ({ found: null, reason });

/** The option that a thinking commits to last, or why none can be told. */
export const concludeChoice = (thinking: string, question: PreparedQuestion): ConcludedReading => {
  const text = foldWide(thinking);
  const all = findConclusions(text, ({ valueAt, letterOnly }) => readOption(text, valueAt, letterOnly, question));
  const committed = all.filter(({ isTentative, isJudgement }) => !isTentative && !isJudgement);
  const last = chooseLast(text, committed, question) ?? onlyJudgement(all, question);
  if (!last) {
    const reading = concludeFromLastSentence(text, question);
    return reading.found || all.length === 0 ? reading : none('The thinking only guesses');
  }
  const chosen = afterRetraction(text, last, all);
  if (!chosen) return none('The last conclusion is taken back');
  const guesses = all.filter((one) => (one.isTentative || one.isJudgement) && one.span.start >= chosen.span.start);
  return {
    found: {
      value: chosen.value,
      span: chosen.span,
      sentence: sentenceOf(text, chosen.span, question),
      isOpen: chosen.isOpen,
      isWeak: statesLater.test(text.slice(chosen.span.end)),
      guesses: guesses.map(({ value }) => value).join('') + chosen.alternatives,
    },
    reason: 'Last stated conclusion',
  };
};

/** What stands after the last change of mind: the conclusion itself, or the one option that something fits. */
const afterRetraction = (
  text: string,
  chosen: Conclusion<string>,
  all: readonly Conclusion<string>[],
): Conclusion<string> | undefined => {
  const retraction = lastRetraction(text.slice(chosen.span.end));
  if (retraction < 0) return chosen;
  const later = all.filter((one) => !one.isTentative && one.span.start > chosen.span.end + retraction);
  return later.every(({ value }) => value === later[0]?.value) ? later.at(-1) : undefined;
};

/** "So the answer is 36" behind a conclusion, where 36 is no option: the conclusion was not the last. */
const statesLater =
  /\b(?:so|thus|therefore|hence|in conclusion|final)\b[^.\n]{0,30}\b(?:answer|option|choice)(?:\s+(?:is|must be|should be|would be)\b|:)\s*[^\s.]/i;

const asksForWrong = /\b(?:not|n['’]t|incorrect|wrong|false|untrue|except|least)\b|不|错|除/i;

/** `B is correct` alone, where the one letter is judged so and the question asks for what is correct. */
const onlyJudgement = (
  all: readonly Conclusion<string>[],
  { prompt }: PreparedQuestion,
): Conclusion<string> | undefined => {
  const judged = all.filter(({ isTentative, isJudgement }) => isJudgement && !isTentative);
  const isOne = judged.every(({ value }) => value === judged[0]?.value);
  return isOne && !asksForWrong.test(prompt) ? judged.at(-1) : undefined;
};

const sentenceOf = (text: string, { start, end }: Span, question: PreparedQuestion): Span => ({
  start: sentenceStart(text, start, 0),
  end: statementEnd(text, end, question),
});

/** End of the sentence behind a conclusion. The full stop of `B.` ends it, unless an option's text goes on. */
const statementEnd = (text: string, at: number, question: PreparedQuestion): number => {
  const stops = text.charAt(at) === '.' && /[A-Z]/.test(text.charAt(at - 1)) && /\s/.test(text.charAt(at + 1));
  if (!stops) return sentenceEnd(text, at, text.length);
  const words = wordsAt(text, at);
  const goesOn = question.optionWords.some((option) => option !== '' && words.startsWith(option));
  return goesOn ? sentenceEnd(text, at, text.length) : at + 1;
};

/**
 * The last strong conclusion; a fit behind it ("corresponds to option C") only replaces it in a sentence that
 * concludes. In one sentence the two must agree.
 */
const chooseLast = (
  text: string,
  committed: readonly Conclusion<string>[],
  question: PreparedQuestion,
): Conclusion<string> | undefined => {
  const strong = committed.findLast(isStatement);
  const last = committed.at(-1);
  if (!strong) {
    return last && committed.every((other) => other.value === last.value) ? last : concludingFit(text, last);
  }
  if (!last || last.strength === 2 || last.value === strong.value) return strong;
  const sameSentence = statementEnd(text, strong.span.end, question) >= last.span.start;
  if (sameSentence) return { ...strong, value: bothOf(strong.value, last.value) };
  return concludingFit(text, last) ?? strong;
};

const concludingFit = (text: string, fit: Conclusion<string> | undefined): Conclusion<string> | undefined => {
  if (!fit) return undefined;
  const start = sentenceStart(text, fit.span.start, 0);
  return isConcluding(text.slice(start, fit.span.end)) ? fit : undefined;
};

/**
 * With no cue at all: the last sentence, when it holds the text of exactly one option. It says so outright where it
 * concludes and ends with that text; else it can agree with an answer and not contradict it.
 */
const concludeFromLastSentence = (text: string, question: PreparedQuestion): ConcludedReading => {
  const nothing = none('The thinking states no conclusion');
  const end = trimmedEnd(text, text.length);
  const start = sentenceStart(text, Math.max(0, end - 1), 0);
  const sentence = text.slice(start, end);
  const marked = /\(([A-Z])\)[.!]?$/.exec(sentence)?.[1];
  if (isHedged(sentence) || (!isConcluding(sentence) && marked === undefined)) return nothing;
  const words = optionWords(marked === undefined ? sentence : sentence.replace(/\([A-Z]\)[.!]?$/, ''));
  const [index, second] = optionsIn(words, question.optionWords);
  if (index === undefined || second !== undefined) return nothing;
  const option = question.optionWords[index] ?? '';
  if (/^ -?[\d.,]+ $/.test(option) && !endsWithNumber(words, option)) return nothing;
  const value = optionLetter(index);
  if (marked !== undefined && (marked !== value || !words.endsWith(option))) return nothing;
  const span = { start, end };
  const isWeak = !isConcluding(sentence) || !saysOutright.test(words.slice(words.lastIndexOf(option) + option.length));
  return {
    found: { value, span, sentence: span, isOpen: false, isWeak, guesses: '' },
    reason: 'Option named in the last sentence',
  };
};

/** What may follow the option's text at the end of a sentence that states it. */
const saysOutright = /^(?:(?:is|are) (?:the )?(?:\p{L}+ )?(?:answer|option|choice|correct|right|one) )?$/u;

const endsWithNumber = (words: string, option: string): boolean => {
  const numbers = words.match(/ -?\d[\d.,]*(?= )/g);
  return numbers?.at(-1) === option.trimEnd();
};
