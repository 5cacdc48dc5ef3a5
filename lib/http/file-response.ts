import 'server-only';
/** A file over HTTP, in whole or in part, as players ask for it. */
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '@/lib/errors';

export type ByteRange = { readonly start: number; readonly end: number };

/**
 * The single range of a `Range` header over `size` bytes, both ends included. Null: answer with the whole file
 * (no header, several ranges, another unit). `unsatisfiable`: nothing of it lies in the file.
 */
export const parseRange = (header: string | null, size: number): ByteRange | null | 'unsatisfiable' => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Number(to);
    return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
};

const CHUNK_BYTES = 256 * 1024;

/** Answers a GET or HEAD for a file. `path` must be real and allowed; `type` is its content type. */
export const fileResponse = async (request: Request, path: string, type: string): Promise<Response> => {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('not_found', 'The file is gone', { cause });
  });
  let handedOver = false;
  try {
    const { size, mtimeMs } = await file.stat();
    const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
    const headers = new Headers({
      'content-type': type,
      'accept-ranges': 'bytes',
      etag,
      'cache-control': 'private, no-cache',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
    });
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    const ifRange = request.headers.get('if-range');
    const wanted = ifRange === null || ifRange === etag ? request.headers.get('range') : null;
    const range = parseRange(wanted, size);
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers.set('content-length', String(end - start + 1));
    if (range) headers.set('content-range', `bytes ${start}-${end}/${size}`);
    const status = range ? 206 : 200;
    if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
    handedOver = true;
    return new Response(fileStream(file, start, end), { status, headers });
  } finally {
    if (!handedOver) await file.close();
  }
};

/** Reads only as fast as the client takes it, and closes the file when the client leaves. */
const fileStream = (file: FileHandle, start: number, end: number): ReadableStream<Uint8Array> => {
  let at = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - at + 1));
        const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
        if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
        at += bytesRead;
        if (bytesRead === 0 || at > end) {
          await file.close();
          controller.close();
        }
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 1 },
  );
};
