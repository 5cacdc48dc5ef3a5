/** What stands in `\boxed{…}`. */

/** Content of the last `\boxed{…}`, braces balanced; undefined when there is none or it never closes. */
export const lastBoxed = (text: string): string | undefined => {
  const at = text.lastIndexOf('\\boxed{');
  if (at < 0) return undefined;
  const end = closingBrace(text, at + 6);
  return end === undefined ? undefined : text.slice(at + 7, end);
};

/** Offset of the brace that closes the one at `open`; undefined when there is none. */
export const closingBrace = (text: string, open: number): number | undefined => {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (depth === 0) return i;
  }
  return undefined;
};
