/** The option that stands right behind a cue: its letter, its text, or the number that its text states. */
import { optionLetter } from '@/lib/domain/question';
import { lastBoxed } from '@/lib/domain/verifier/math/boxed';
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { readNumber } from '@/lib/domain/verifier/math/number-text';
import { optionsIn, optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import { sentenceEnd } from './sentence-borders';

const VALUE_REACH = 300;

const decoration =
  /(?:[\s*_$"“”‘’([{:：-]|\\[([]|\\(?:boxed|text|textbf|mathbf|mathrm)\s?\{|\b(?:option|choice|letter|answer|therefore|thus|indeed|likely|clearly|actually|still|then|definitely|probably|most likely)\b[,:]?|选项|选){0,12}/iy;
const articleNext =
  /^\s+(?:because|as|since|with|which|where|due|for|based|given|and|or|is|in|indicating|representing|stating)\b|^\s*[(—–=-]/;
/** A letter that goes on is part of a word, a name or a formula; some Chinese, Japanese and Korean words may follow. */
const unreadableNext =
  /^(?:(?!选项|项|正确|是|才|对|或|和|还|吗|错|不|で|だ|が|と|か|입|이|가|를|을|일|로)[\p{L}\d'’(^_+<>/\\]|\s*[=<>+×/^]|-\p{L})/u;
const listNext =
  /^[)"*.]{0,2}\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|&\s*|\/\s*|、|和|或)\s*(?:option\s+)?[("*]{0,2}([A-Z])(?![\p{L}\d'’])/u;

/** One letter, several where the text leaves it open, none (empty) where it says that no option fits. */
export type OptionValue = {
  readonly value: string;
  readonly end: number;
  /** Several on purpose (`A or B`), and not one statement whose letter and text name different options. */
  readonly isOpen?: boolean;
};

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
  // `not among the options` refuses them all; `not B` says nothing about the others.
  if (refusal)
    return /^\s*(?:not|neither)\s*$/i.test(refusal[0]) ? undefined : { value: '', end: letterAt + refusal[0].length };
  return readLetter(text, letterAt, skipped, question) ?? (letterOnly ? undefined : readOptionText(text, at, question));
};

const readLetter = (text: string, at: number, skipped: string, question: PreparedQuestion): OptionValue | undefined => {
  const letter = text.charAt(at);
  const index = letter.toUpperCase().charCodeAt(0) - 65;
  if (!(index >= 0 && index < question.letters)) return undefined;
  const next = text.slice(at + 1, at + 40);
  if (unreadableNext.test(next)) return undefined;
  const marked = /[([{"*]\s*$|\b(?:option|choice)\s*$/i.test(skipped);
  if (letter >= 'a' && !(marked && /^[)\]}"*]/.test(next)) && !/option\s*$/i.test(skipped)) return undefined;
  const isWord = (letter === 'A' || letter === 'I') && /^\s+\S/.test(next) && !/^\s*\n/.test(next);
  if (isWord && !articleNext.test(next) && !/\b(?:option|choice)\s*$/i.test(skipped)) {
    if (!optionFollows(text, at + 1, index, question)) return undefined;
  }
  if (/^[)"*.\s}]{0,3}\?/.test(next)) return undefined;
  const list = listNext.exec(next);
  if (list && (list[1] ?? '').charCodeAt(0) - 65 < question.letters && list[1] !== letter) {
    const isOwnText = optionFollows(text, at + 1, index, question);
    if (
      !isOwnText &&
      !/^\s*[A-Z][\s.]*\s[a-z]/.test(list[1] === 'A' || list[1] === 'I' ? next.slice(list[0].length - 1) : '')
    ) {
      return { value: bothOf(letter, list[1] ?? ''), end: at + 1 + list[0].length, isOpen: true };
    }
  }
  const other = contradictingOption(text, at + 1, index, question);
  if (other !== undefined) return { value: bothOf(letter.toUpperCase(), optionLetter(other)), end: at + 1 };
  return { value: letter.toUpperCase(), end: at + 1 };
};

/** The words that stand at an offset up to the end of their sentence. */
export const wordsAt = (text: string, at: number): string =>
  optionWords(text.slice(at, Math.min(sentenceEnd(text, at + 2, text.length), at + VALUE_REACH)));

const optionFollows = (text: string, at: number, index: number, question: PreparedQuestion): boolean => {
  const own = question.optionWords[index];
  return own !== undefined && own !== '' && wordsAt(text, at).startsWith(own);
};

/** `D. 400` where 400 is the text of another option: the thinking itself does not know which it means. */
const contradictingOption = (
  text: string,
  at: number,
  index: number,
  question: PreparedQuestion,
): number | undefined => {
  if (question.optionWords.length === 0 || !/^[.):*\s"]{1,4}[\w$\\(-]/.test(text.slice(at, at + 6))) return undefined;
  const words = wordsAt(text, at);
  const other = question.optionWords.indexOf(words);
  return other >= 0 && question.optionWords[index] !== words ? other : undefined;
};

const leadingFiller = /^ (?:(?:the|an?|approximately|about|around|exactly|indeed|therefore|option|that|either) )+/;

const readOptionText = (text: string, at: number, question: PreparedQuestion): OptionValue | undefined => {
  if (question.optionWords.length === 0) return undefined;
  const from = skipSpace(text, at);
  const end = valueEnd(text, at, from);
  const slice = text.slice(from, end);
  const words = optionWords(slice).replace(leadingFiller, ' ');
  if (words === '' || /^ (?:no|incorrect|wrong|correct|un\w+) /.test(words)) return undefined;
  const exact = question.optionWords.indexOf(words);
  if (exact >= 0) return { value: optionLetter(exact), end };
  const loose = looseOption(words, question);
  if (loose !== undefined) return { value: optionLetter(loose), end };
  const mentioned = optionsIn(words, question.optionWords);
  const [only] = mentioned;
  if (only === undefined) return readOptionNumber(slice, end, question);
  if (mentioned.length > 1) return { value: mentioned.map(optionLetter).join(''), end, isOpen: true };
  const option = question.optionWords[only] ?? '';
  // A lone short number among other words is not the option's text.
  return option.length > 5 || words.startsWith(option) ? { value: optionLetter(only), end } : undefined;
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

/** Letters of both, in order; nothing joined with a letter is the letter. */
export const bothOf = (a: string, b: string): string => [...new Set([...a, ...b])].sort().join('');
