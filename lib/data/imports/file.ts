import 'server-only';
/** Opening files to import: uploads by their sha256, paths under a declared root, any path for the command line. */
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { config } from '@/lib/config';
import { realPathInside } from '@/lib/contained-path';
import { detectFormat, HEAD_BYTES } from '@/lib/domain/formats/detect';
import type { Format } from '@/lib/domain/formats/import-record';
import type { ImportSource } from '@/lib/domain/formats/read';
import { AppError } from '@/lib/errors';
import type { ImportPlace } from './payload';

const CHUNK_BYTES = 1024 * 1024;
/** A parquet page that claims to unpack to more is refused by the codec. */
const MAX_PAGE_BYTES = 1024 ** 3;

/** Where an upload with this content is kept. */
export const uploadPath = (sha256: string): string => path.join(config().VERIPO_DATA_DIR, 'uploads', sha256);

/** The real path of a file under one of the declared import roots. Throws `not_found` for anything else. */
export const findImportFile = async (wanted: string): Promise<string> => {
  const roots = config().VERIPO_IMPORT_ROOTS;
  for (const root of roots) {
    const real = await realPathInside(root, wanted);
    if (real !== undefined) return real;
  }
  const where = roots.length > 0 ? `under ${roots.join(' or ')}` : 'anywhere: VERIPO_IMPORT_ROOTS names no folder';
  throw new AppError('not_found', `No such file ${where}`);
};

/** The path behind a place, checked again at every use: a link may have moved since. */
export const pathOfPlace = async (place: ImportPlace, door: string): Promise<string> => {
  if (place.kind === 'upload') return uploadPath(place.sha256);
  if (place.kind === 'path') return door === 'command' ? place.path : findImportFile(place.path);
  throw new AppError('conflict', 'These rollouts came over HTTP: their sender can send them again');
};

/** Size and format of a file. Throws `not_found` when it cannot be opened, `unsupported` with the reason. */
export const inspectFile = async (file: string, name: string): Promise<{ bytes: number; format: Format }> => {
  const handle = await openFile(file, name);
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw new AppError('invalid', `${name} is not a file`);
    const head = new Uint8Array(Math.min(HEAD_BYTES, info.size));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const format = detectFormat(name, head.subarray(0, bytesRead));
    if (typeof format !== 'string') throw new AppError('unsupported', format.unsupported);
    return { bytes: info.size, format };
  } finally {
    await handle.close();
  }
};

const openFile = async (file: string, name: string): Promise<FileHandle> => {
  try {
    // Without waiting: a named pipe that nobody writes to would hold one of Node's four file threads for ever.
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
    throw new AppError('not_found', `Cannot open ${name}: ${why}`, { cause });
  }
};

/** sha256 of a file in hex. */
export const hashFile = async (file: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES, signal })) hash.update(chunk);
  return hash.digest('hex');
};

/** A source for the readers, and how many of its bytes they have taken. */
export type CountedSource = { readonly source: ImportSource; readonly bytesRead: () => number };

/** Opens a file for the readers. */
export const fileSource = (file: string): CountedSource => {
  let taken = 0;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
      taken += chunk.length;
      yield chunk;
    }
  };
  const buffer = async () => {
    const { size } = await stat(file);
    return {
      byteLength: size,
      slice: async (start: number, end = size) => {
        taken = Math.max(taken, Math.min(end, size));
        return readSlice(file, start < 0 ? size + start : start, end);
      },
    };
  };
  return { source: { bytes, buffer, compressors }, bytesRead: () => taken };
};

const readSlice = async (file: string, start: number, end: number): Promise<ArrayBuffer> => {
  const handle = await open(file, 'r');
  try {
    const slice = new Uint8Array(Math.max(0, end - start));
    let filled = 0;
    while (filled < slice.length) {
      const { bytesRead } = await handle.read(slice, filled, slice.length - filled, start + filled);
      if (bytesRead === 0) throw new Error('the file ends before its index says');
      filled += bytesRead;
    }
    return slice.buffer;
  } finally {
    await handle.close();
  }
};

const compressors: NonNullable<ImportSource['compressors']> = {
  GZIP: (input) => gunzipSync(input, { maxOutputLength: MAX_PAGE_BYTES }),
  ZSTD: (input) => zstdDecompressSync(input, { maxOutputLength: MAX_PAGE_BYTES }),
  BROTLI: (input) => brotliDecompressSync(input, { maxOutputLength: MAX_PAGE_BYTES }),
};
