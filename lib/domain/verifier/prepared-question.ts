/** Work that is done once per question and not once per rollout. */
import { letterList } from '@/lib/domain/letter-list';
import { optionLetter, type QuestionCore } from '@/lib/domain/question';
import { type NumberReading, readNumber } from '@/lib/domain/verifier/math/number-text';
import { optionWords, withoutArticles } from './option-text';

export type PreparedQuestion = QuestionCore & {
  readonly prepared: true;
  /** How many letters name options; 26 when the options are not known. */
  readonly letters: number;
  /** `optionWords` of every option, in order; empty for texts too long to be named. */
  readonly optionWords: readonly string[];
  /** The same without articles: an answer may say `the blue car` for `a blue car`. */
  readonly optionNames: readonly string[];
  /** The number that an option's text states, where it states one. */
  readonly optionNumbers: readonly (NumberReading | undefined)[];
  /** Upper-case letters of the truth of a choice, in order: several where several options are right together. */
  readonly truthLetters: readonly string[];
};

/** No answer is read further than this, so that none can name an option by a longer text: only its letter does. */
const MAX_OPTION_WORDS = 2_000;
const nameable = (words: string): string => (words.length > MAX_OPTION_WORDS ? '' : words);

/** Prepares a question for `measure`; give the result to every rollout of its group. */
export const prepareQuestion = (question: QuestionCore): PreparedQuestion => {
  const isChoice = question.kind === 'choice';
  const whole = isChoice ? question.options.map((option) => optionWords(withoutLetter(option))) : [];
  const words = whole.map(nameable);
  const numbers = isChoice ? question.options.map((option) => readNumber(withoutLetter(option))) : [];
  const letters = question.options.length > 0 ? Math.min(question.options.length, 26) : 26;
  return {
    ...question,
    prepared: true,
    letters,
    optionWords: words,
    optionNames: words.map(withoutArticles),
    optionNumbers: numbers,
    truthLetters: isChoice ? readTruth(question.truth, whole, letters) : [],
  };
};

/** Options come without their letters, but a set made by hand may still have them. */
const withoutLetter = (option: string): string => option.replace(/^\s*\(?[A-Za-z][.)]\s+(?=\S)/, '');

/** The option's own text first: `AC` may be one. */
const readTruth = (truth: string, words: readonly string[], letters: number): readonly string[] => {
  const text = optionWords(truth);
  const index = text === '' ? -1 : words.indexOf(text);
  const bare = /^[\s("'[$]*([A-Za-z])[\s.):\]'"$]*$/.exec(truth)?.[1]?.toUpperCase();
  if (bare !== undefined && bare.charCodeAt(0) - 65 < letters) return [bare];
  if (index >= 0) return [optionLetter(index)];
  const several = letterList(truth, letters);
  if (several) return several;
  const leading = /^[\s("'[$]*([A-Za-z])[\s.):\]'"$]/.exec(truth)?.[1]?.toUpperCase();
  return leading !== undefined && leading.charCodeAt(0) - 65 < letters ? [leading] : [];
};

/** A question that is prepared already is given back as it is. */
export const asPrepared = (question: QuestionCore | PreparedQuestion): PreparedQuestion =>
  'prepared' in question ? question : prepareQuestion(question);
