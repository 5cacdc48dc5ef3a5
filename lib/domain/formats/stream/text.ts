/** Lines of a text file, decoded strictly: a line that is not text is refused, never shown as mojibake. */
import { type Bytes, concat, decodeUtf8, MAX_RECORD_BYTES, utf8Chunks } from './bytes';

/** `at` is the 1-based line. `ended` is false for a last line without a newline: it may be half-written. */
export type TextLine =
  | { readonly at: number; readonly text: string; readonly ended: boolean }
  | { readonly at: number; readonly refusal: string };

const NEWLINE = 10;
const RETURN = 13;

/**
 * Lines without their newline (`\n` or `\r\n`). Memory is bounded by `maxBytes`: a longer line is skipped and
 * refused. Blank lines are yielded too (`text: ''`), so that numbers agree with an editor's.
 */
export async function* readLines(source: Bytes, maxBytes: number = MAX_RECORD_BYTES): AsyncGenerator<TextLine> {
  let at = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size > maxBytes) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (ended: boolean): TextLine => {
    const line = finishLine(at, parts, size, ended, maxBytes);
    at += 1;
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of utf8Chunks(source)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end === -1) break;
      keep(chunk.subarray(start, end));
      yield take(true);
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield take(false);
}

const finishLine = (
  at: number,
  parts: readonly Uint8Array[],
  size: number,
  ended: boolean,
  maxBytes: number,
): TextLine => {
  if (size > maxBytes) return { at, refusal: tooLarge('line', maxBytes) };
  const bytes = concat(parts);
  const text = decodeUtf8(bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes);
  return text === undefined ? { at, refusal: NOT_TEXT } : { at, text, ended };
};

export const NOT_TEXT = 'The bytes are not valid text (UTF-8, or UTF-16 with its byte order mark).';

/** Sentence for a record above the memory limit. */
export const tooLarge = (noun: string, maxBytes: number): string =>
  `The ${noun} is longer than ${Math.round(maxBytes / 1024 / 1024)} MB, the limit for one record.`;
