/**
 * Python's text methods, where JavaScript's differ: published scorers are Python, and which characters count as space
 * or as a capital decides scores. Unicode tables are those of this machine's JavaScript, not of some Python version.
 */

/** What `str.isspace` calls space: unlike `trim`, with U+001C to U+001F and U+0085, and without U+FEFF. */
const SPACES = new Set(
  '\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

/** Whether Python takes one UTF-16 unit for white space; all its white space is in the basic plane. */
export const isPythonSpace = (char: string): boolean => SPACES.has(char);

/** `str.strip()`, or `str.strip(chars)` for the characters of a text in the basic plane. */
export const pythonStrip = (text: string, chars?: string): string => {
  const drops = chars === undefined ? isPythonSpace : (char: string) => chars.includes(char);
  let start = 0;
  let end = text.length;
  while (start < end && drops(text.charAt(start))) start += 1;
  while (end > start && drops(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

/** `str.split()`: the words between white space. */
export const pythonWords = (text: string): readonly string[] => {
  const words: string[] = [];
  let from = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const isSpace = at === text.length || isPythonSpace(text.charAt(at));
    if (!isSpace && from < 0) from = at;
    if (!isSpace || from < 0) continue;
    words.push(text.slice(from, at));
    from = -1;
  }
  return words;
};

/** `str.isalpha() and str.isupper()`: letters only, at least one that has a case, none in small or title case. */
export const isCapitals = (text: string): boolean =>
  /^\p{L}+$/u.test(text) && /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
