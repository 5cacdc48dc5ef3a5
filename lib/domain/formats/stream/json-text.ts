/** JSON as trainers write it: Python's `json` prints NaN and infinities bare, which JSON does not have. */

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** Parses one JSON text. Bare `NaN`, `Infinity` and `-Infinity` become null; anything else wrong is a reason. */
export const parseJson = (text: string): Parsed => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const cleaned = nullForNonFinite(text);
    if (cleaned === undefined) return { ok: false, reason: notJson(error) };
    try {
      return { ok: true, value: JSON.parse(cleaned) };
    } catch (second) {
      if (!(second instanceof SyntaxError)) throw second;
      return { ok: false, reason: notJson(second) };
    }
  }
};

// V8 quotes the text around the fault; a reason keeps only what went wrong, for the text is model output.
const notJson = (error: SyntaxError): string => {
  const [what = ''] = error.message.split(/, (?:\.\.\.)?"| in JSON| \(line/, 1);
  return `Not valid JSON: ${what.slice(0, 120)}.`;
};

const NON_FINITE = ['-Infinity', 'Infinity', 'NaN'] as const;

/**
 * The text with bare non-finite numbers outside strings replaced; undefined when it has none. A plain loop: one
 * pattern for whole strings would need backtracking memory of the size of a model's answer.
 */
const nullForNonFinite = (text: string): string | undefined => {
  let cleaned = '';
  let copied = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === 'N' || char === 'I' || char === '-') {
      const word = NON_FINITE.find((candidate) => text.startsWith(candidate, i));
      if (word === undefined) continue;
      cleaned += `${text.slice(copied, i)}null`;
      i += word.length - 1;
      copied = i + 1;
    }
  }
  return copied === 0 ? undefined : cleaned + text.slice(copied);
};

/** Index of the quote that closes the string opened at `open`; the text's length when nothing closes it. */
const endOfString = (text: string, open: number): number => {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
  }
  return text.length;
};
