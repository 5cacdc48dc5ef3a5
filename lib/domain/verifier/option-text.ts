/** Finding the texts of options in what a model wrote, by words and not by characters. */
import { plainMath } from '@/lib/domain/verifier/math/plain-math';

const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?<![\p{L}\d)])-?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L})+|[+\-=/<>^%°±√≤≥]/gu;

/**
 * A text as its lower-case words and numbers, each with one space on both sides (` 1.30 dollars `), so that
 * `includes` finds whole words only. Quotes, brackets, mark-up, currency and punctuation are left out.
 */
export const optionWords = (text: string): string => {
  const words = plainMath(text.normalize('NFKC')).toLowerCase().match(wordPattern);
  return words ? ` ${words.join(' ')} ` : '';
};

/** Indices of the options whose words a text contains; an option inside a longer one that is there does not count. */
export const optionsIn = (words: string, options: readonly string[]): readonly number[] => {
  const found = options.flatMap((option, index) => (option !== '' && words.includes(option) ? [index] : []));
  if (found.length < 2) return found;
  return found.filter((index) => {
    const own = options[index] ?? '';
    // Take the longer options out: what is left must still contain the short one.
    const rest = found.reduce((text, other) => {
      const longer = options[other] ?? '';
      return longer.length > own.length && longer.includes(own) ? text.replaceAll(longer, ' \u0000 ') : text;
    }, words);
    return rest.includes(own);
  });
};

/** Words as `optionWords` gives them, without English articles; unchanged where nothing else would be left. */
export const withoutArticles = (words: string): string =>
  words.replace(/ (?:an?|the)(?= )/g, '').trim() === '' ? words : words.replace(/ (?:an?|the)(?= )/g, '');
