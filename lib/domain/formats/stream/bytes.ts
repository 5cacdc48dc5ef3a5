/**
 * Bytes in, UTF-8 bytes out: byte order marks removed and UTF-16 rewritten, so that every later reader works on one
 * encoding. Nothing is repaired here: what is not text stays invalid and is refused by whoever decodes it.
 */

/** A file as it arrives: chunks of any size, cut anywhere, even inside a character. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Largest single record (a line, or an element of a JSON list) that a reader will hold in memory. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32';

/**
 * Encoding by byte order mark, else by the zero bytes that ASCII leaves in UTF-16 (every format here starts with
 * an ASCII character). `mark` is the length of the mark in bytes.
 */
export const sniffEncoding = (head: Uint8Array): { encoding: Encoding; mark: number } => {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32', mark: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32', mark: 4 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (a !== undefined && a !== 0 && b === 0) return { encoding: 'utf-16le', mark: 0 };
  if (a === 0 && b !== undefined && b !== 0) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
};

/** Chunks as UTF-8. UTF-16 that is broken becomes the byte 0xFF, which no decoder accepts. */
export async function* utf8Chunks(source: Bytes): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let transcode: ((chunk: Uint8Array, last: boolean) => Uint8Array) | undefined;
  const begin = (bytes: Uint8Array): Uint8Array => {
    const { encoding, mark } = sniffEncoding(bytes);
    const body = bytes.subarray(mark);
    if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return body;
    transcode = utf16ToUtf8(encoding === 'utf-16le');
    return transcode(body, false);
  };
  for await (const chunk of source) {
    if (head === undefined) {
      yield transcode ? transcode(chunk, false) : chunk;
      continue;
    }
    const joined: Uint8Array = head.length === 0 ? chunk : concat([head, chunk]);
    if (joined.length < 4) {
      head = joined;
      continue;
    }
    head = undefined;
    yield begin(joined);
  }
  if (head !== undefined && head.length > 0) yield begin(head);
  if (transcode) yield transcode(new Uint8Array(0), true);
}

/** All parts in one array; a single part is returned as it is. */
export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of UTF-8 bytes; undefined when they are not UTF-8 (never a replacement character that was not there). */
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

const INVALID = Uint8Array.of(0xff);

const utf16ToUtf8 = (littleEndian: boolean): ((chunk: Uint8Array, last: boolean) => Uint8Array) => {
  const encoder = new TextEncoder();
  let carry: Uint8Array = new Uint8Array(0);
  return (chunk, last) => {
    const bytes = carry.length === 0 ? chunk : concat([carry, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let units = bytes.length >> 1;
    // A pair cut by the chunk waits for its second half.
    if (!last && units > 0 && (view.getUint16((units - 1) * 2, littleEndian) & 0xfc00) === 0xd800) units -= 1;
    const parts: Uint8Array[] = [];
    const BLOCK = 8192;
    let text = '';
    for (let from = 0; from < units; from += BLOCK) {
      const block: number[] = [];
      for (let unit = from; unit < Math.min(units, from + BLOCK); unit++) {
        block.push(view.getUint16(unit * 2, littleEndian));
      }
      text += String.fromCharCode(...block);
    }
    if (text.isWellFormed()) parts.push(encoder.encode(text));
    else {
      text.split(/\p{Surrogate}/u).forEach((piece, index) => {
        if (index > 0) parts.push(INVALID);
        parts.push(encoder.encode(piece));
      });
    }
    carry = bytes.slice(units * 2);
    if (last && carry.length > 0) parts.push(INVALID);
    return concat(parts);
  };
};
