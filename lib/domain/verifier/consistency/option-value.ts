/** The option that stands right behind a cue: its letter, its text, or the number that its text states. */
import { optionLetter } from '@/lib/domain/question';
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { readNumber } from '@/lib/domain/verifier/math/number-text';
import { optionsIn, optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import { type OptionValue, readLetter, VALUE_REACH, wordsAt } from './option-letter';
import { sentenceEnd } from './sentence-borders';

const decoration =
  /(?:[\s*_$"“”‘’([{:：-]|\\[([]|\\(?:boxed|text|textbf|mathbf|mathrm)\s?\{|\b(?:option|choice|letter|answer|therefore|thus|indeed|likely|clearly|actually|still|then|definitely|probably|most likely)\b[,:]?|选项|选){0,12}/iy;
const noneFits =
  /^\s*(?:not|none|neither|nowhere|outside)\b(?:\s+(?:explicitly|directly|clearly|exactly|actually))?\s*(?:of (?:the|these)|among|listed|provided|in the|within|given|available|present|one of|included|shown|stated|possible|determin\w+|here)?/i;

/** Reads the option at an offset; undefined when none is named there. With `letterOnly`, option texts do not count. */
export const readOption = (
  text: string,
  at: number,
  letterOnly: boolean,
  question: PreparedQuestion,
): OptionValue | undefined => {
  decoration.lastIndex = at;
  const skipped = decoration.exec(text)?.[0] ?? '';
  const letterAt = at + skipped.length;
  const ahead = text.slice(letterAt, letterAt + 60);
  const refusal = letterOnly ? null : noneFits.exec(ahead);
  if (refusal) return readRefusal(text, letterAt, refusal[0], question);
  return readLetter(text, letterAt, skipped, question) ?? (letterOnly ? undefined : readOptionText(text, at, question));
};

/** `none of the above` may be an option; `not among the options` refuses all; `not B` says nothing about the others. */
const readRefusal = (
  text: string,
  at: number,
  refusal: string,
  question: PreparedQuestion,
): OptionValue | undefined => {
  const index = question.optionWords.indexOf(wordsAt(text, at));
  if (index >= 0)
    return { value: optionLetter(index), end: Math.min(sentenceEnd(text, at, text.length), at + VALUE_REACH) };
  return /^\s*(?:not|neither)\s*$/i.test(refusal) ? undefined : { value: '', end: at + refusal.length };
};

const leadingFiller = /^ (?:(?:the|an?|approximately|about|around|exactly|indeed|therefore|option|that|either) )+/;

const readOptionText = (text: string, at: number, question: PreparedQuestion): OptionValue | undefined => {
  if (question.optionWords.length === 0) return undefined;
  const from = skipSpace(text, at);
  const end = valueEnd(text, at, from);
  const slice = text.slice(from, end);
  const written = optionWords(slice);
  const words = written.replace(leadingFiller, ' ');
  if (words === '' || /^ (?:no|incorrect|wrong|correct|un\w+) /.test(words)) return undefined;
  const exact = Math.max(question.optionWords.indexOf(written), question.optionWords.indexOf(words));
  if (exact >= 0) return { value: optionLetter(exact), end };
  const loose = looseOption(words, question);
  if (loose !== undefined) return { value: optionLetter(loose), end };
  const mentioned = optionsIn(written, question.optionWords);
  const [only] = mentioned;
  if (only === undefined) return readOptionNumber(slice, end, question);
  if (mentioned.length > 1) return { value: mentioned.map(optionLetter).join(''), end, isOpen: true };
  const option = question.optionWords[only] ?? '';
  // A lone short number among other words is not the option's text.
  return option.length > 5 || words.startsWith(option) || written.startsWith(option)
    ? { value: optionLetter(only), end }
    : undefined;
};

/** The one option that says the same but for an `and`, or whose right-hand side alone is named (`Theta(n)`). */
const looseOption = (words: string, { optionWords: options }: PreparedQuestion): number | undefined => {
  const bare = words.replaceAll(' and ', ' ');
  const equal = options.flatMap((option, index) => {
    const right = option.slice(option.lastIndexOf(' = ') + 2);
    const isSame = bare === option.replaceAll(' and ', ' ') || (right !== option && right === words);
    return option !== '' && isSame ? [index] : [];
  });
  return equal.length === 1 ? equal[0] : undefined;
};

/** The one option with the same number: `\boxed{2.82}` for "2.82 seconds". */
const readOptionNumber = (slice: string, end: number, question: PreparedQuestion): OptionValue | undefined => {
  const stated = readNumber(slice);
  if (!stated) return undefined;
  const equal = question.optionNumbers.flatMap((number, i) => (number && sameQuantity(stated, number) ? [i] : []));
  return equal.length === 1 && equal[0] !== undefined ? { value: optionLetter(equal[0]), end } : undefined;
};

/** The value ends with its sentence, inside `\boxed{…}` with the brace. */
const valueEnd = (text: string, at: number, from: number): number => {
  const limit = from + VALUE_REACH;
  if (text.charAt(at - 1) === '{') {
    const boxed = lastBoxed(`\\boxed{${text.slice(at, limit)}`);
    if (boxed !== undefined) return at + boxed.length;
  }
  return Math.min(sentenceEnd(text, from, text.length), limit);
};

const skipSpace = (text: string, at: number): number => {
  let from = at;
  while (from < text.length && /[\s*"“:：-]/.test(text.charAt(from)) && from < at + 20) from += 1;
  return from;
};
