/**
 * HTML that is written safely by default: whatever is put into a template is escaped, unless it is HTML of these
 * functions already. Names and prompts come from trainers and files, and may say anything.
 */

/** HTML, and not just text that looks like it. Only `html`, pictures and the style sheet make it from text. */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Part = string | number | Html | null | readonly Html[];

/** Control characters and halves of a pair have no place in a document. */
const isWritable = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a;
  return !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
};

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text as it may stand between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  [...text]
    .filter(isWritable)
    .map((letter) => escapes[letter] ?? letter)
    .join('');

const written = (part: Part): string => {
  if (part === null) return '';
  if (part instanceof Html) return part.toString();
  return typeof part === 'object' ? part.map(String).join('') : escapeHtml(String(part));
};

/** A template: its own text is HTML, what is put into it is escaped; null leaves nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(texts.map((text, at) => text + written(parts[at] ?? null)).join(''));
