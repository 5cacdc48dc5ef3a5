/** What a thinking concludes for a multiple-choice question. */
import { optionLetter } from '@/lib/domain/question';
import { lastBoxed } from '@/lib/domain/verifier/math/math';
import { sameQuantity } from '@/lib/domain/verifier/math/number';
import { readNumber } from '@/lib/domain/verifier/math/number-text';
import { optionsIn, optionWords } from '@/lib/domain/verifier/option-text';
import type { PreparedQuestion } from '@/lib/domain/verifier/prepared-question';
import type { Span } from '@/lib/domain/verifier/response';
import { trimSpan } from '@/lib/domain/verifier/response';
import { type Conclusion, findConclusions } from './conclusion';
import { isConcluding, takesBack } from './conclusion-cues';
import { sentenceEnd, sentenceStart } from './sentence-borders';

/** A conclusion in the thinking; offsets are into the thinking. */
export type Concluded = {
  /** Normalised like an answer: a letter, or several letters where the thinking leaves it open (`CD`). */
  readonly value: string;
  readonly span: Span;
  readonly sentence: Span;
};

export type ConcludedReading =
  | { readonly found: Concluded; readonly reason: string }
  | { readonly found: null; readonly reason: string };

const VALUE_REACH = 300;

/** The option that a thinking commits to last, or why none can be told. */
export const concludeChoice = (thinking: string, question: PreparedQuestion): ConcludedReading => {
  const all = findConclusions(thinking, (at, cue) => readValue(thinking, at, cue.letterOnly, question));
  const chosen = chooseLast(thinking, all, question);
  if (!chosen) return concludeFromLastSentence(thinking, question);
  if (chosen.value === '') return { found: null, reason: 'The thinking concludes that no option fits' };
  if (takesBack(thinking.slice(chosen.span.end))) return { found: null, reason: 'The last conclusion is taken back' };
  return { found: withSentence(thinking, chosen, question), reason: 'Last stated conclusion' };
};

const withSentence = (thinking: string, { value, span }: Conclusion<string>, question: PreparedQuestion): Concluded => {
  const start = sentenceStart(thinking, span.start, 0);
  return { value, span, sentence: { start, end: statementEnd(thinking, span.end, question) } };
};

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
  thinking: string,
  all: readonly Conclusion<string>[],
  question: PreparedQuestion,
): Conclusion<string> | undefined => {
  const strong = all.findLast((conclusion) => conclusion.strength === 2);
  const last = all.at(-1);
  if (!strong) return last && all.every((other) => other.value === last.value) ? last : concludingFit(thinking, last);
  if (!last || last.strength === 2 || last.value === strong.value) return strong;
  const sameSentence = statementEnd(thinking, strong.span.end, question) >= last.span.start;
  if (sameSentence) return { ...strong, value: bothOf(strong.value, last.value) };
  return concludingFit(thinking, last) ?? strong;
};

/** Letters of both, in order; nothing joined with a letter is the letter. */
const bothOf = (a: string, b: string): string => [...new Set([...a, ...b])].sort().join('');

const concludingFit = (thinking: string, fit: Conclusion<string> | undefined): Conclusion<string> | undefined => {
  if (!fit) return undefined;
  const start = sentenceStart(thinking, fit.span.start, 0);
  return isConcluding(thinking.slice(start, fit.span.end)) ? fit : undefined;
};

const decoration =
  /(?:[\s*_$"“”‘’([{:：-]|\\[([]|\\(?:boxed|text|textbf|mathbf|mathrm)\s?\{|\b(?:option|choice|letter|answer|therefore|thus|indeed|likely|clearly|actually|still|then|definitely|probably|most likely)\b[,:]?|选项|选){0,12}/iy;
const articleNext =
  /^\s+(?:because|as|since|with|which|where|due|for|based|given|and|or|is|in|indicating|representing|stating)\b|^\s*[(—–=-]/;
const unreadableNext = /^(?:[\p{L}\d'’(^_+<>/\\]|\s*[=<>+×/^]|-\p{L})/u;
const listNext =
  /^[)"*.]{0,2}\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|&\s*|\/\s*|、|和|或)\s*(?:option\s+)?[("*]{0,2}([A-Z])(?![\p{L}\d'’])/u;

/** One letter, several where the text leaves it open, none (empty) where it says that no option fits. */
type Value = { readonly value: string; readonly end: number };

const noneFits =
  /^\s*(?:not|none|neither|nowhere|outside)\b(?:\s+(?:explicitly|directly|clearly|exactly|actually))?\s*(?:of (?:the|these)|among|listed|provided|in the|within|given|available|present|one of|included|shown|stated|possible|determin\w+|here)?/i;

const readValue = (text: string, at: number, letterOnly: boolean, question: PreparedQuestion): Value | undefined => {
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

const readLetter = (text: string, at: number, skipped: string, question: PreparedQuestion): Value | undefined => {
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
      return { value: bothOf(letter, list[1] ?? ''), end: at + 1 + list[0].length };
    }
  }
  const other = contradictingOption(text, at + 1, index, question);
  if (other !== undefined) return { value: bothOf(letter.toUpperCase(), optionLetter(other)), end: at + 1 };
  return { value: letter.toUpperCase(), end: at + 1 };
};

const wordsAt = (text: string, at: number): string =>
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

const readOptionText = (text: string, at: number, question: PreparedQuestion): Value | undefined => {
  if (question.optionWords.length === 0) return undefined;
  const from = skipSpace(text, at);
  const end = valueEnd(text, at, from);
  const slice = text.slice(from, end);
  const words = optionWords(slice).replace(leadingFiller, ' ');
  if (words === '' || /^ (?:no|incorrect|wrong|correct|un\w+) /.test(words)) return undefined;
  const exact = question.optionWords.indexOf(words);
  if (exact >= 0) return { value: optionLetter(exact), end };
  const mentioned = optionsIn(words, question.optionWords);
  const [only] = mentioned;
  if (only === undefined) return readOptionNumber(slice, end, question);
  if (mentioned.length > 1) return { value: mentioned.map(optionLetter).join(''), end };
  const option = question.optionWords[only] ?? '';
  // A lone short number among other words is not the option's text.
  return option.length > 5 || words.startsWith(option) ? { value: optionLetter(only), end } : undefined;
};

/** The one option with the same number: `\boxed{2.82}` for "2.82 seconds". */
const readOptionNumber = (slice: string, end: number, question: PreparedQuestion): Value | undefined => {
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

/** With no cue at all: the last sentence, when it concludes and holds the text of exactly one option. */
const concludeFromLastSentence = (thinking: string, question: PreparedQuestion): ConcludedReading => {
  const none: ConcludedReading = { found: null, reason: 'The thinking states no conclusion' };
  const { end } = trimSpan(thinking, 0, thinking.length);
  const start = sentenceStart(thinking, Math.max(0, end - 1), 0);
  const sentence = thinking.slice(start, end);
  if (!isConcluding(sentence) || /\bnot\b|n't\b/i.test(sentence)) return none;
  const words = optionWords(sentence);
  const [index, second] = optionsIn(words, question.optionWords);
  if (index === undefined || second !== undefined) return none;
  const option = question.optionWords[index] ?? '';
  if (/^ -?[\d.,]+ $/.test(option) && !endsWithNumber(words, option)) return none;
  const span = { start, end };
  return { found: { value: optionLetter(index), span, sentence: span }, reason: 'Option named in the last sentence' };
};

const endsWithNumber = (words: string, option: string): boolean => {
  const numbers = words.match(/ -?\d[\d.,]*(?= )/g);
  return numbers?.at(-1) === option.trimEnd();
};
