/** Sentence borders around an offset. Looks a bounded distance, so that a text without any border costs nothing. */

const REACH = 600;

const isBreak = (text: string, at: number): boolean => {
  const char = text.charAt(at);
  if (char === '\n' || char === '。' || char === '！' || char === '？') return true;
  if (char !== '.' && char !== '!' && char !== '?') return false;
  const next = text.charAt(at + 1);
  if (next !== '' && next > ' ' && next !== '<') return false;
  // `A. 120 V` and `approx. 3` are not the end of a sentence.
  return !/(?:^|[\s("*])[A-Z]$|\b(?:approx|vs|e\.g|i\.e|etc|no|fig)$/i.test(text.slice(Math.max(0, at - 7), at));
};

/** Offset behind the last character before `end` that is no white space. */
export const trimmedEnd = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && (text.charCodeAt(at - 1) <= 32 || text.charAt(at - 1).trim() === '')) at -= 1;
  return at;
};

/** Offset of the first character of the sentence that holds `at`, not before `from`. */
export const sentenceStart = (text: string, at: number, from: number): number => {
  let start = at;
  const limit = Math.max(from, at - REACH);
  while (start > limit && !isBreak(text, start - 1)) start -= 1;
  while (start < at && text.charAt(start) <= ' ') start += 1;
  return start;
};

/** Offset behind the sentence that holds `at`, its full stop included, not after `to`. */
export const sentenceEnd = (text: string, at: number, to: number): number => {
  const limit = Math.min(to, at + REACH);
  let end = at;
  while (end < limit && !isBreak(text, end)) end += 1;
  return end < limit && text.charAt(end) !== '\n' ? end + 1 : end;
};
