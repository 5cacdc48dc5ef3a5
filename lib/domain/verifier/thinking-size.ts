/**
 * How long the thinking is in words and in sentences, beside its tokens: of the same part of the response. Sizes are no
 * measures of the verifier: no check reads them, and no version changes them.
 */
import { countSentences } from '@/lib/domain/text/sentences';
import { charClasses, DIGIT, LETTER, WIDE } from './char-class';
import { parseResponse, type Span } from './response';

export type ThinkingSize = { readonly words: number; readonly sentences: number };

/** Both 0 where the response has no thinking, as its tokens are. In time linear in its length. */
export const sizeThinking = (response: string): ThinkingSize => {
  const { think } = parseResponse(response);
  if (!think) return { words: 0, sentences: 0 };
  return { words: countWords(response, think), sentences: countSentences(response.slice(think.start, think.end)) };
};

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/**
 * Words as the estimate of tokens tells them apart: a run of letters and digits is one (so `don't` and `3.5` are two),
 * and each character of a script that writes no spaces. Marks are none.
 */
export const countWords = (text: string, { start, end }: Span): number => {
  let words = 0;
  let inWord = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const kind = charClasses[code];
    const isPart = kind === LETTER || kind === DIGIT;
    if ((isPart && !inWord) || (kind === WIDE && !isLowSurrogate(code))) words += 1;
    inWord = isPart;
  }
  return words;
};
