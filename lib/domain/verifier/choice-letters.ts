/** Letters that name options inside an answer of several words: letters of words, and articles, are none. */

const markedPattern =
  /\b(?:[Oo]ption|[Cc]hoice|[Ll]etter)s?\s+[([]?([A-Za-z])(?![\p{L}\d'’])|(?:\b[Aa]nswer(?:\s+is)?|选(?:项|择)?|答案[是为]?)\s*:?\s*[([]?([A-Z])(?![\p{L}\d'’])|[([]([A-Z])[)\]]|(?<![\p{L}\d.])([A-Z])(?=[.):](?:\s|$))|(?<![\p{L}\d])([A-Z])(?=\s+is\s+(?:the\s+)?(?:correct|right|best|answer|true)\b)|^[^\S\n]*([A-Z])[^\S\n]*$/gmu;
const listPattern =
  /(?<![\p{L}\d])[A-Z](?:\s*(?:,\s*(?:and\b|or\b)?|\/|&|\band\b|\bor\b|;|、|和|或)\s*[A-Z](?![\p{L}\d'’]))+/gu;
const capitalPattern = /(?<![\p{L}\d'’.\\^_-])([B-HJ-Z])(?![\p{L}\d'’(=^_-]|\s*[=<>+/×])/gu;
const deniedBefore =
  /(?:\b(?:not|neither|nor|rather than|instead of|except|isn't)\s+(?:options?\s+|choices?\s+)?|不[是选])\s*[([]?([A-Z])(?![\p{L}\d'’])/gu;
const deniedBehind =
  /(?<![\p{L}\d])([A-Z])[)\]]?\s+(?:is|was|seems|looks)(?:n't\b|\s+(?:clearly\s+|obviously\s+)?(?:not|wrong|incorrect|false|excluded|ruled out)\b)/gu;

/** Letters of the first `count` that a pattern finds, each once. */
const lettersOf = (pattern: RegExp, text: string, count: number): readonly string[] => {
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    for (const letter of match.slice(1)) {
      if (letter !== undefined && letter.toUpperCase().charCodeAt(0) - 65 < count) found.add(letter.toUpperCase());
    }
  }
  return [...found];
};

/** Letters in lists (`A, B and C`) of which every member can be an option: `N/A` is none. */
const listed = (text: string, count: number): readonly string[] =>
  [...text.matchAll(listPattern)].flatMap(([list]) => {
    const letters = list.match(/[A-Z]/g) ?? [];
    return letters.every((letter) => letter.charCodeAt(0) - 65 < count) && list !== 'N/A' ? letters : [];
  });

/** Letters that are said to be options: `option B`, `(B)`, `B.`, `B is correct`, a line of its own, a list. */
export const markedLetters = (text: string, count: number): readonly string[] => [
  ...new Set([...lettersOf(markedPattern, text, count), ...listed(text, count)]),
];

/** Capitals on their own. `A` and `I` are words, and are left out. */
export const mentionedCapitals = (text: string, count: number): readonly string[] =>
  lettersOf(capitalPattern, text, count);

/** Letters that the text says it does not mean: `not A`, `neither A nor B`, `A is wrong`. */
export const deniedLetters = (text: string): ReadonlySet<string> =>
  new Set([...lettersOf(deniedBefore, text, 26), ...lettersOf(deniedBehind, text, 26)]);
