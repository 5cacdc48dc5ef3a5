/** Sentences of a chain of thought, for reading, highlighting and quoting. One pass over the text. */

/** UTF-16 offsets without the space around; `text.slice(start, end)` is the sentence. */
export type Sentence = { readonly start: number; readonly end: number };

// A point after one of these ends no sentence, whatever follows it.
const abbreviations = new Set(
  'e.g i.e cf vs dr mr mrs ms prof st fig figs eq eqs sec ch vol approx resp al no nos p pp jr sr'.split(' '),
);
const closers = new Set('"\')]}*_”’»」』）】'.split(''));
const cjkEnds = new Set(['。', '！', '？', '｡']);
const asciiEnds = new Set(['.', '!', '?', '…']);

/** Formulas are left whole up to this length; a longer one is more likely an opening that never closed. */
const MAX_FORMULA = 4_000;
/** Longest word that can be an abbreviation. */
const MAX_WORD = 8;

const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);

/**
 * Splits at the ends of sentences and at line breaks. Decimals, abbreviations, list markers ("2.", "B." at the start
 * of a line) and LaTeX formulas (also over several lines) stay whole. The sentences are in order and apart, and
 * nothing but space lies between them.
 */
export const splitSentences = (text: string): Sentence[] => {
  const sentences: Sentence[] = [];
  eachSentence(text, (start, end) => sentences.push({ start, end }));
  return sentences;
};

/** How many sentences `splitSentences` makes. */
export const countSentences = (text: string): number => {
  let count = 0;
  eachSentence(text, () => {
    count += 1;
  });
  return count;
};

/** What a sentence may end at, or a formula begin with, per UTF-16 unit: most characters are none and passed by. */
const notable = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  const char = String.fromCharCode(code);
  return char === '\\' || char === '$' || char === '\n' || cjkEnds.has(char) || asciiEnds.has(char) ? 1 : 0;
});

const eachSentence = (text: string, visit: (start: number, end: number) => void): void => {
  const closes = createCloseFinder(text);
  let start = skipSpaces(text, 0);
  let at = start;
  const cut = (end: number): void => {
    const trimmed = skipSpacesBack(text, start, end);
    if (trimmed > start) visit(start, trimmed);
    start = skipSpaces(text, end);
    at = start;
  };
  while (at < text.length) {
    if (notable[text.charCodeAt(at)] === 0) {
      at += 1;
      continue;
    }
    const char = text[at];
    const formulaEnd = char === '\\' || char === '$' ? closes(at) : undefined;
    if (formulaEnd !== undefined) at = formulaEnd;
    else if (char === '\n') cut(at);
    else if (char !== undefined && (cjkEnds.has(char) || asciiEnds.has(char))) {
      const end = endOfMarks(text, at);
      if (isBoundary(text, start, at, end)) cut(end);
      else at = end;
    } else at += 1;
  }
  cut(text.length);
};

const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isSpace(text[at])) at += 1;
  return at;
};

const skipSpacesBack = (text: string, start: number, from: number): number => {
  let at = from;
  while (at > start && isSpace(text[at - 1])) at -= 1;
  return at;
};

/** Past the run of ends and closing quotes or brackets: `?!"`, `...)`, `。」`. */
const endOfMarks = (text: string, from: number): number => {
  let at = from + 1;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (!(asciiEnds.has(char) || cjkEnds.has(char) || closers.has(char))) break;
  }
  return at;
};

/** Whether the marks at `[mark, end)` close the sentence that began at `start`. */
const isBoundary = (text: string, start: number, mark: number, end: number): boolean => {
  if (end >= text.length) return true;
  const char = text[mark] ?? '';
  if (cjkEnds.has(char)) return true;
  if (!isSpace(text[end])) return false;
  if (char !== '.' && char !== '…') return true;
  // "2. Then" and "B. The left one": the marker belongs to its line.
  if (end === mark + 1 && mark - start <= 3 && /^(?:\d{1,3}|[A-Za-z])$/.test(text.slice(start, mark))) return false;
  const word = wordBefore(text, start, mark);
  if (word !== undefined && abbreviations.has(word)) return false;
  // The next sentence does not begin with a small letter; a line break ends the line anyway.
  const next = text[end + 1];
  return !(next !== undefined && /\p{Ll}/u.test(next));
};

const wordBefore = (text: string, start: number, mark: number): string | undefined => {
  const from = Math.max(start, mark - MAX_WORD);
  return /(?:^|[\s(["'])([A-Za-z][A-Za-z.]{0,7})$/.exec(text.slice(from, mark))?.[1]?.toLowerCase();
};

const formulas: readonly (readonly [open: string, close: string])[] = [
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$$', '$$'],
];

/**
 * Finds the end of a formula that opens at an offset. Offsets asked for must not fall: the last place of each
 * closing mark is kept, so that a text of nothing but opening marks is still read once.
 */
const createCloseFinder = (text: string): ((at: number) => number | undefined) => {
  const found = new Map<string, number>();
  const nextOf = (mark: string, from: number): number => {
    const known = found.get(mark);
    if (known !== undefined && known >= from) return known;
    const index = text.indexOf(mark, from);
    const next = index < 0 ? Number.POSITIVE_INFINITY : index;
    found.set(mark, next);
    return next;
  };
  return (at) => {
    for (const [open, close] of formulas) {
      if (!text.startsWith(open, at)) continue;
      const end = nextOf(close, at + open.length) + close.length;
      return end - at <= MAX_FORMULA ? end : undefined;
    }
    return undefined;
  };
};
