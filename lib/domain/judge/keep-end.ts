/** The end of a long text, where a thinking commits itself, within a budget of tokens. Linear in what is kept. */

/** What one UTF-16 unit costs in tokens, about: digits and wide letters have one of their own, words share. */
const unitTokens = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return 1;
  if (code >= 0x2e80) return 1;
  const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x20;
  return isLetter ? 0.25 : 0.6;
};

export type KeptEnd = {
  readonly text: string;
  /** UTF-16 units left out before it. */
  readonly omitted: number;
};

/** Whole words from the end of `text`, of about `maxTokens` tokens. */
export const keepEnd = (text: string, maxTokens: number): KeptEnd => {
  let start = text.length;
  for (let tokens = 0; start > 0; start -= 1) {
    tokens += unitTokens(text.charCodeAt(start - 1));
    if (tokens > maxTokens) break;
  }
  if (start === 0) return { text, omitted: 0 };
  const from = wordStart(text, start);
  return { text: text.slice(from), omitted: from };
};

/** How far a word's beginning is looked for. */
const MAX_WORD = 64;

const wordStart = (text: string, start: number): number => {
  for (let at = start; at < Math.min(text.length, start + MAX_WORD); at += 1) {
    if (text.charCodeAt(at - 1) <= 32) return at;
  }
  const isLowHalf = (text.charCodeAt(start) & 0xfc00) === 0xdc00;
  return isLowHalf ? start + 1 : start;
};
