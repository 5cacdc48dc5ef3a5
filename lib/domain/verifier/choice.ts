/**
 * Multiple choice: which option an answer names. Forms: `B`, `b`, `B.`, `(B)`, `$B$`, `\boxed{B}`, `Option B`,
 * `**B**`, `B. its text`, its text alone. Two different letters, or a letter with another option's text, are wrong:
 * an answer must commit.
 */
import { optionLetter } from '@/lib/domain/question';
import { plainMath } from '@/lib/domain/verifier/math/plain-math';
import type { AnswerScore } from './answer-score';
import { optionsIn, optionWords } from './option-text';
import type { PreparedQuestion } from './prepared-question';

/** An answer is short: only the end of a longer one is read. */
const MAX_ANSWER = 2_000;

/** Score 1 or 0. */
export const compareChoice = (answer: string, question: PreparedQuestion): AnswerScore => {
  if (question.truthLetter === null) return { score: 0, reason: 'The reference answer names no option' };
  const choice = readChoice(answer, question);
  if (choice.letter === null) return { score: 0, reason: choice.reason };
  const right = choice.letter === question.truthLetter;
  return { score: right ? 1 : 0, reason: `${choice.letter} ${right ? 'is' : 'is not'} ${question.truthLetter}` };
};

export type ChoiceReading =
  | { readonly letter: string; readonly reason: string }
  | { readonly letter: null; readonly reason: string };

const none: ChoiceReading = { letter: null, reason: 'The answer names no option' };
const several: ChoiceReading = { letter: null, reason: 'The answer names several options' };
const named = (letter: string): ChoiceReading => ({ letter: letter.toUpperCase(), reason: 'One option named' });

const bareLetter = /^[\s([{<"'“‘]*([A-Za-z])[\s)\]}>.:,;!"'”’。、]*$/;

/** The option an answer names; `letter` is null when it names none or several. */
export const readChoice = (
  answer: string,
  question: Pick<PreparedQuestion, 'letters' | 'optionWords'>,
): ChoiceReading => {
  if (answer.length === 1) return inRange(answer, question.letters) ? named(answer) : none;
  const tail = answer.length > MAX_ANSWER ? answer.slice(-MAX_ANSWER) : answer;
  const text = plainMath(tail.normalize('NFKC')).replace(/__|\*/g, '').trim();
  const bare = bareLetter.exec(text)?.[1];
  if (bare !== undefined) return inRange(bare, question.letters) ? named(bare) : none;
  const words = optionWords(text);
  const exact = question.optionWords.indexOf(words);
  if (words !== '' && exact >= 0) return named(optionLetter(exact));
  return readLeading(text, question) ?? readMentions(text, words, question);
};

const inRange = (letter: string, letters: number): boolean => {
  const index = letter.toUpperCase().charCodeAt(0) - 65;
  return index >= 0 && index < letters;
};

const leadPattern =
  /^(?:(?:the\s+)?(?:final\s+|correct\s+|right\s+)?(?:answer|option|choice)\s*(?:is\b)?\s*[::]?\s*)?(?:(?:option|choice)\s+)?[([]?([A-Za-z])(?:\s*([)\].:、,;])(?!\d)|\s+[-–]\s)\s*/i;

/** `B. text`, `Option B: text`, `(B) text`: the letter counts unless the rest commits to something else. */
const readLeading = (
  text: string,
  question: Pick<PreparedQuestion, 'letters' | 'optionWords'>,
): ChoiceReading | undefined => {
  const match = leadPattern.exec(text);
  const letter = match?.[1];
  if (!match || letter === undefined || !inRange(letter, question.letters)) return undefined;
  const rest = text.slice(match[0].length);
  const restWords = optionWords(rest);
  const own = question.optionWords[letter.toUpperCase().charCodeAt(0) - 65] ?? '';
  if (own !== '' && restWords.startsWith(own)) return named(letter);
  const isCapital = letter === letter.toUpperCase();
  // `e.g. this` and `a, b`: a lower-case letter needs its bracket or its text.
  if (!isCapital && match[2] !== ')' && match[2] !== ']') return undefined;
  if (question.optionWords.includes(restWords)) {
    return { letter: null, reason: 'The letter and the text name different options' };
  }
  const others = markedLetters(rest, question.letters).filter((other) => other !== letter.toUpperCase());
  return others.length > 0 || bareLetter.test(rest) ? several : named(letter);
};

const markedPattern =
  /\b(?:[Oo]ption|[Cc]hoice)s?\s+[([]?([A-Za-z])(?![\p{L}\d'’])|(?:\b[Aa]nswer(?:\s+is)?|选项?|答案[是为]?)\s*:?\s*[([]?([A-Z])(?![\p{L}\d'’])|[([]([A-Z])[)\]]|(?<![\p{L}\d.])([A-Z])(?=[.):](?:\s|$))/gu;
const capitalPattern = /(?<![\p{L}\d'’.\\^_-])([B-HJ-Z])(?![\p{L}\d'’(=^_-]|\s*[=<>+/×])/gu;
const listPattern = /(?<![\p{L}\d])([A-Z])\s*(?:,|\/|&|and|or|;|、|和|或)\s*([A-Z])(?![\p{L}\d'’])/gu;

const lettersOf = (pattern: RegExp, text: string, letters: number): readonly string[] => {
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    for (const letter of match.slice(1)) {
      if (letter !== undefined && inRange(letter, letters)) found.add(letter.toUpperCase());
    }
  }
  return [...found];
};

const markedLetters = (text: string, letters: number): readonly string[] => [
  ...new Set([...lettersOf(markedPattern, text, letters), ...lettersOf(listPattern, text, letters)]),
];

const readMentions = (
  text: string,
  words: string,
  question: Pick<PreparedQuestion, 'letters' | 'optionWords'>,
): ChoiceReading => {
  const marked = markedLetters(text, question.letters);
  if (marked.length > 1) return several;
  if (marked[0] !== undefined) return named(marked[0]);
  const texts = optionsIn(words, question.optionWords);
  if (texts.length > 1) return several;
  if (texts[0] !== undefined) return named(optionLetter(texts[0]));
  const capitals = lettersOf(capitalPattern, text, question.letters);
  if (capitals.length > 1) return several;
  return capitals[0] === undefined ? none : named(capitals[0]);
};
