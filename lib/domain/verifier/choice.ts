/**
 * Multiple choice: which option an answer names. Forms: `B`, `b`, `B.`, `(B)`, `$B$`, `\boxed{B}`, `Option B`,
 * `**B**`, `B. its text`, its text alone. Two different letters, or a letter with another option's text, are wrong:
 * an answer must commit. Where the truth is several letters, the answer must name exactly those.
 */
import { letterList } from '@/lib/domain/letter-list';
import { optionLetter } from '@/lib/domain/question';
import type { AnswerScore } from './answer-score';
import { deniedLetters, markedLetters, mentionedCapitals } from './choice-letters';
import { plainMath } from './math/plain-math';
import { optionsIn, optionWords, withoutArticles } from './option-text';
import type { PreparedQuestion } from './prepared-question';

/** An answer is short: only the end of a longer one is read. */
const MAX_ANSWER = 2_000;

/** Score 1 or 0. */
export const compareChoice = (answer: string, question: PreparedQuestion): AnswerScore => {
  const [wanted, second] = question.truthLetters;
  if (wanted === undefined) return { score: 0, reason: 'The reference answer names no option' };
  if (second !== undefined) return compareSeveral(answer, question);
  const choice = readChoice(answer, question);
  if (choice.letter === null) return { score: 0, reason: choice.reason };
  const right = choice.letter === wanted;
  return { score: right ? 1 : 0, reason: `${choice.letter} ${right ? 'is' : 'is not'} ${wanted}` };
};

/** No part of the score for a part of the letters: half of a set is another set. */
const compareSeveral = (answer: string, question: PreparedQuestion): AnswerScore => {
  const found = readLetters(answer, question).join(', ');
  if (found === '') return { score: 0, reason: none.reason };
  const wanted = question.truthLetters.join(', ');
  return { score: found === wanted ? 1 : 0, reason: `${found} ${found === wanted ? 'is' : 'is not'} ${wanted}` };
};

export type ChoiceReading =
  | { readonly letter: string; readonly reason: string }
  | { readonly letter: null; readonly reason: string };

type Options = Pick<PreparedQuestion, 'letters' | 'optionWords' | 'optionNames'>;

const none: ChoiceReading = { letter: null, reason: 'The answer names no option' };
const several: ChoiceReading = { letter: null, reason: 'The answer names several options' };
const named = (letter: string): ChoiceReading => ({ letter: letter.toUpperCase(), reason: 'One option named' });

const bareLetter = /^[\s([{<"'“‘「【_#-]*([A-Za-z])[\s)\]}>.:,;!"'”’」】。、_]*$/;
const tags = /<\/?[a-z][a-z0-9]{0,9}>/gi;
const announced =
  /^(?:(?:the|my)\s+)?(?:(?:final|correct|right|best)\s+)?(?:answer|option|choice)\s*(?:is\b)?\s*:?\s*(?=\S)/i;

/** The end of an answer as plain characters, without mark-up. */
const cleaned = (answer: string): string => {
  const tail = answer.length > MAX_ANSWER ? answer.slice(-MAX_ANSWER) : answer;
  return plainMath(tail.normalize('NFKC').replace(/[\u200b-\u200d\ufeff]/g, ''))
    .replace(tags, ' ')
    .replace(/__|\*/g, '')
    .trim();
};

/** The option an answer names; `letter` is null when it names none or several. */
export const readChoice = (answer: string, question: Options): ChoiceReading => {
  if (/^[A-Za-z]$/.test(answer)) return inRange(answer, question.letters) ? named(answer) : none;
  const text = cleaned(answer);
  // `The answer is b`: a small letter that ends the answer is no article.
  const value = text.replace(announced, '');
  const bare = bareLetter.exec(text)?.[1] ?? bareLetter.exec(value)?.[1];
  if (bare !== undefined) return inRange(bare, question.letters) ? named(bare) : none;
  const words = optionWords(text);
  const exact = exactOption(words, question) ?? exactOption(optionWords(value), question);
  if (exact !== undefined) return named(exact);
  if (letterList(value, question.letters)) return several;
  return readLeading(text, question) ?? readMentions(text, words, question);
};

/** The one option with these words, articles aside. */
const exactOption = (words: string, { optionWords: options, optionNames }: Options): string | undefined => {
  if (words === '') return undefined;
  const exact = options.indexOf(words);
  if (exact >= 0) return optionLetter(exact);
  const name = withoutArticles(words);
  const index = optionNames.indexOf(name);
  return index >= 0 && optionNames.indexOf(name, index + 1) < 0 ? optionLetter(index) : undefined;
};

const inRange = (letter: string, letters: number): boolean => {
  const index = letter.toUpperCase().charCodeAt(0) - 65;
  return index >= 0 && index < letters;
};

const leadPattern =
  /^(?:(?:the\s+)?(?:final\s+|correct\s+|right\s+)?(?:answer|option|choice)\s*(?:is\b)?\s*[::]?\s*)?(?:(?:option|choice)\s+)?[([]?([A-Za-z])(?:\s*([)\].:、,;])(?!\d)|\s+[-–]\s)\s*/i;

/** `B. text`, `Option B: text`, `(B) text`: the letter counts unless the rest commits to something else. */
const readLeading = (text: string, question: Options): ChoiceReading | undefined => {
  const match = leadPattern.exec(text);
  const letter = match?.[1]?.toUpperCase();
  if (!match || letter === undefined || !inRange(letter, question.letters)) return undefined;
  const rest = text.slice(match[0].length);
  const restWords = optionWords(rest);
  const own = question.optionWords[letter.charCodeAt(0) - 65] ?? '';
  if (own !== '' && restWords.startsWith(own))
    return listsAnother(restWords, letter, question) ? several : named(letter);
  const isCapital = match[1] === letter;
  // `e.g. this` and `a, b`: a lower-case letter needs its bracket or its text.
  if (!isCapital && match[2] !== ')' && match[2] !== ']') return undefined;
  if (question.optionWords.includes(restWords)) {
    return { letter: null, reason: 'The letter and the text name different options' };
  }
  const denied = deniedLetters(rest);
  const others = markedLetters(rest, question.letters).filter((other) => other !== letter && !denied.has(other));
  const bare = bareLetter.exec(rest)?.[1]?.toUpperCase() ?? letter;
  return others.length > 0 || bare !== letter ? several : named(letter);
};

/** `A. a red car B. a blue car`: another letter with its own text behind it. */
const listsAnother = (words: string, letter: string, { optionWords: options }: Options): boolean =>
  options.some((option, index) => {
    const other = optionLetter(index);
    return option !== '' && other !== letter && words.includes(` ${other.toLowerCase()}${option}`);
  });

const readMentions = (text: string, words: string, question: Options): ChoiceReading => {
  const [letter, second] = mentionedLetters(text, words, question);
  if (second !== undefined) return several;
  return letter === undefined ? none : named(letter);
};

/** Letters that are marked as such; else options whose text is there; else capitals on their own. */
const mentionedLetters = (text: string, words: string, question: Options): readonly string[] => {
  const denied = deniedLetters(text);
  const kept = (letters: readonly string[]) => letters.filter((letter) => !denied.has(letter));
  const marked = kept(markedLetters(text, question.letters));
  if (marked.length > 0) return marked;
  const texts = kept(optionsIn(words, question.optionWords).map(optionLetter));
  return texts.length > 0 ? texts : kept(mentionedCapitals(text, question.letters));
};

/** Every letter that an answer to a question of several right options names, in order. */
const readLetters = (answer: string, question: Options): readonly string[] => {
  const { letter } = readChoice(answer, question);
  if (letter !== null) return [letter];
  const text = cleaned(answer);
  const list = letterList(text.replace(announced, ''), question.letters);
  return list ?? [...mentionedLetters(text, optionWords(text), question)].sort();
};
