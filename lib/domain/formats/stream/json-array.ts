/**
 * Elements of one big JSON list, one at a time, from bytes that arrive in chunks. A file may be 50 MB on a single
 * line: memory is bounded by the largest element, because only the element being read is kept.
 *
 * Takes a list at the top (`[…]`), or an object with a `results` list (`{"results": […], …}`), whose other values
 * are skipped. Works on UTF-8 bytes: all of JSON's structure is ASCII, so no character is cut by looking at bytes.
 */
import { type Bytes, concat, decodeUtf8, MAX_RECORD_BYTES, utf8Chunks } from './bytes';
import { NOT_TEXT, tooLarge } from './text';

/** `at` is the 1-based number of the element. */
export type JsonElement =
  | { readonly at: number; readonly text: string }
  | { readonly at: number; readonly refusal: string };

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
const opens = (byte: number): boolean => byte === OPEN_OBJECT || byte === OPEN_LIST;
const closes = (byte: number): boolean => byte === CLOSE_OBJECT || byte === CLOSE_LIST;

type Place =
  | 'start' // before the first bracket
  | 'members' // inside the top object, before a key
  | 'key'
  | 'member-value' // after a key, before its value
  | 'skipped' // inside a value that nobody wants
  | 'list' // between elements
  | 'element'
  | 'end';

/** Follows one JSON value to its end. Brackets are only counted: the parser of the slice judges the rest. */
class ValueScan {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private scalar = false;

  start(first: number): void {
    this.depth = opens(first) ? 1 : 0;
    this.inString = first === QUOTE;
    this.escaped = false;
    this.scalar = this.depth === 0 && !this.inString;
  }

  /** Index just after the value, or -1 when it goes on in the next chunk. `from` is after the byte of `start`. */
  end(chunk: Uint8Array, from: number): number {
    let i = from;
    const size = chunk.length;
    while (i < size) {
      if (this.inString) {
        i = this.string(chunk, i);
        if (this.inString) return -1;
        if (this.depth === 0) return i;
        continue;
      }
      const byte = chunk[i] ?? 0;
      if (this.scalar) {
        if (byte === COMMA || closes(byte) || isSpace(byte)) return i;
      } else if (byte === QUOTE) this.inString = true;
      else if (opens(byte)) this.depth += 1;
      else if (closes(byte)) {
        this.depth -= 1;
        if (this.depth === 0) return i + 1;
      }
      i += 1;
    }
    return -1;
  }

  /**
   * Moves past the string's end, or to the end of the chunk. Texts are long and quotes are few: jumping from quote
   * to quote is what makes the scan fast. A quote after an odd run of backslashes does not end the string.
   */
  private string(chunk: Uint8Array, from: number): number {
    for (let i = from; ; ) {
      const quote = chunk.indexOf(QUOTE, i);
      const stop = quote === -1 ? chunk.length : quote;
      let run = 0;
      while (stop - run > from && chunk[stop - run - 1] === BACKSLASH) run += 1;
      // A run that reaches back to where we began goes on from the chunk before.
      const escaped = (run % 2 === 1) !== (stop - run === from && this.escaped);
      if (quote === -1) {
        this.escaped = escaped;
        return stop;
      }
      if (!escaped) {
        this.inString = false;
        this.escaped = false;
        return quote + 1;
      }
      i = quote + 1;
    }
  }
}

/** The bytes of the value being read; drops them beyond `maxBytes` and remembers that it did. */
class Capture {
  private parts: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly maxBytes: number) {}

  add(part: Uint8Array): void {
    this.size += part.length;
    if (this.size > this.maxBytes) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  take(at: number): JsonElement {
    const overflow = this.size > this.maxBytes;
    const text = overflow ? undefined : decodeUtf8(concat(this.parts));
    this.parts = [];
    this.size = 0;
    if (overflow) return { at, refusal: tooLarge('record', this.maxBytes) };
    return text === undefined ? { at, refusal: NOT_TEXT } : { at, text };
  }
}

/**
 * Elements in file order, not yet parsed. A file that stops early gives its complete elements and then one refusal
 * for what is missing; text after the end gives one refusal too.
 */
export async function* readJsonElements(
  source: Bytes,
  maxBytes: number = MAX_RECORD_BYTES,
): AsyncGenerator<JsonElement> {
  let place: Place = 'start';
  let inObject = false;
  let sawList = false;
  let key = '';
  let at = 0;
  const scan = new ValueScan();
  const capture = new Capture(maxBytes);

  for await (const chunk of utf8Chunks(source)) {
    let i = 0;
    while (i < chunk.length) {
      if (place === 'element' || place === 'key' || place === 'skipped') {
        const end = scan.end(chunk, i);
        if (place !== 'skipped') capture.add(chunk.subarray(i, end === -1 ? chunk.length : end));
        if (end === -1) break;
        i = end;
        if (place === 'element') {
          yield capture.take(at);
          place = 'list';
        } else if (place === 'key') {
          const taken = capture.take(at);
          key = 'text' in taken ? taken.text : '';
          place = 'member-value';
        } else place = 'members';
        continue;
      }
      const byte = chunk[i] ?? 0;
      i += 1;
      if (isSpace(byte)) continue;
      if (place === 'list') {
        if (byte === CLOSE_LIST) place = inObject ? 'members' : 'end';
        else if (byte !== COMMA) {
          at += 1;
          scan.start(byte);
          capture.add(chunk.subarray(i - 1, i));
          place = 'element';
        }
      } else if (place === 'start') {
        if (!opens(byte)) {
          yield { at: 1, refusal: 'The file does not start with a JSON list or object.' };
          return;
        }
        inObject = byte === OPEN_OBJECT;
        sawList = !inObject;
        place = inObject ? 'members' : 'list';
      } else if (place === 'members') {
        if (byte === CLOSE_OBJECT) place = 'end';
        else if (byte === QUOTE) {
          scan.start(byte);
          capture.add(chunk.subarray(i - 1, i));
          place = 'key';
        }
      } else if (place === 'member-value') {
        if (byte === COLON) continue;
        if (byte === OPEN_LIST && key === '"results"' && !sawList) {
          sawList = true;
          place = 'list';
        } else {
          scan.start(byte);
          place = 'skipped';
        }
      } else {
        yield { at: at + 1, refusal: 'There is text after the end of the list; it was not read.' };
        return;
      }
    }
  }
  const missing = whatIsMissing(place, at, sawList);
  if (missing !== undefined) yield missing;
}

const whatIsMissing = (place: Place, at: number, sawList: boolean): JsonElement | undefined => {
  if (place === 'start') return { at: 1, refusal: 'The file is empty.' };
  if (place === 'element') {
    return {
      at,
      refusal: `The file ends in the middle of record ${at}: it is half-written. Import it again when it is whole.`,
    };
  }
  if (place === 'end') return sawList ? undefined : { at: 1, refusal: 'The file has no `results` list.' };
  const before = sawList ? `after record ${at}` : 'before its `results` list';
  return { at: at + 1, refusal: `The file ends ${before} without closing: it is half-written.` };
};
