/** Several option letters written as a list and nothing else: `A, C`, `A and C`, `(A)(C)`, `['A', 'C']`, `AC`. */

/** A list is short: at most 26 letters with something between them. */
const MAX_LIST = 200;
const wordsBetween = /\b(?:and|both|options?|choices?|answers?)\b/gi;
const marksBetween = /[\s,;/&+.:()[\]{}"'“”‘’$*、，；。和与及]+/g;

/**
 * The letters in order, each once, when there are two or more and all are among the first `count`. Undefined for
 * everything else: one letter, words, `A or C`. Without marks between them only capitals in order count (`AC`).
 */
export const letterList = (text: string, count: number): readonly string[] | undefined => {
  if (text.length > MAX_LIST) return undefined;
  const parts = text.replace(wordsBetween, ' ').replace(marksBetween, ' ').trim().split(' ');
  const [only = ''] = parts;
  const letters =
    parts.length === 1 ? inOrder(only) : parts.every(isLetter) ? parts.map((part) => part.toUpperCase()) : [];
  const distinct = [...new Set(letters)].sort();
  return distinct.length > 1 && distinct.every((letter) => letter.charCodeAt(0) - 65 < count) ? distinct : undefined;
};

const isLetter = (part: string): boolean => /^[A-Za-z]$/.test(part);

const inOrder = (word: string): readonly string[] =>
  /^[A-Z]+$/.test(word) && [...word].every((letter, at) => at === 0 || letter > word.charAt(at - 1)) ? [...word] : [];
