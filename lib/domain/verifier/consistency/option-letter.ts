/** The option letter that stands at an offset, with what may make it a word, a list or another option's text. */
import { optionLetter } from '@/lib/domain/question';
import { optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import { sentenceEnd } from './sentence-borders';

/** Characters that are read of a value, at most. */
export const VALUE_REACH = 300;

const articleNext =
  /^\s+(?:because|as|since|with|which|where|due|for|based|given|and|or|is|in|indicating|representing|stating)\b|^\s*[(—–=-]/;
/** A letter that goes on is part of a word, a name or a formula; some Chinese, Japanese and Korean words may follow. */
const unreadableNext =
  /^(?:(?!\\[)\]]|选项|项|正确|是|才|对|或|和|还|吗|了|错|不|で|だ|が|と|か|입|이|가|를|을|일|로)[\p{L}\d'’(^_+<>/\\]|\s*[=<>+×/^]|-\p{L})/u;
const listNext =
  /^[)"*.]{0,2}\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|&\s*|\/\s*|、|和|或)\s*(?:option\s+)?[("*]{0,2}([A-Z])(?![\p{L}\d'’])/u;

/** One letter, several where the text leaves it open, none (empty) where it says that no option fits. */
export type OptionValue = {
  readonly value: string;
  readonly end: number;
  /** Several on purpose (`A or B`), and not one statement whose letter and text name different options. */
  readonly isOpen?: boolean;
  /** Letters of other options that it may mean as well. */
  readonly alternatives?: string;
};

/** Reads the letter at an offset, behind the decoration that was `skipped`; undefined when none names an option. */
export const readLetter = (
  text: string,
  at: number,
  skipped: string,
  question: PreparedQuestion,
): OptionValue | undefined => {
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
  const lettered = letteredOption(text, at, skipped, index, question);
  if (lettered) return lettered;
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

/** A letter by itself, or a noun with its letter. */
const lettered = /^ (?:\p{L}{2,} )?\p{L} $/u;

/**
 * Where options are texts such as `A, B` or `car B`, a letter may be such a text: `the answer is A, B` names the one
 * option that says so, `the answer is B` names option B or car B, and nobody can tell which.
 */
const letteredOption = (
  text: string,
  at: number,
  skipped: string,
  index: number,
  question: PreparedQuestion,
): OptionValue | undefined => {
  const options = question.optionWords;
  const word = ` ${text.charAt(at).toLowerCase()} `;
  if (
    !options.some((option) => option.includes(word)) ||
    /(?:\b(?:option|choice|letter)|选项?)[\s("*]{0,4}$/i.test(skipped)
  )
    return undefined;
  const words = wordsAt(text, at);
  const whole = words === word ? -1 : options.indexOf(words);
  if (whole >= 0)
    return { value: optionLetter(whole), end: Math.min(sentenceEnd(text, at, text.length), at + VALUE_REACH) };
  const short = options.flatMap((option, i) =>
    i !== index && option.endsWith(word) && lettered.test(option) ? [i] : [],
  );
  if (short.length === 0 || optionFollows(text, at + 1, index, question)) return undefined;
  return { value: optionLetter(index), end: at + 1, alternatives: short.map(optionLetter).join('') };
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

/** Letters of both, in order; nothing joined with a letter is the letter. */
export const bothOf = (a: string, b: string): string => [...new Set([...a, ...b])].sort().join('');
