/** Where predictions come from: a file, or standard input named `-`. */
import path from 'node:path';
import { detectFormat, HEAD_BYTES } from '@/lib/domain/formats/detect';
import type { Format } from '@/lib/domain/formats/import-record';
import type { ImportSource } from '@/lib/domain/formats/read';
import { AppError } from '@/lib/errors';

export type PredictionFile = {
  /** As messages call it. */
  readonly name: string;
  readonly format: Format;
  readonly source: ImportSource;
};

/** Opens what a person named on the command line. Throws `not_found` or `unsupported` with the reason. */
export const openPredictions = async (wanted: string): Promise<PredictionFile> => {
  if (wanted === '-') return openStandardInput();
  const { fileSource, inspectFile } = await import('@/lib/data/imports/file');
  const file = path.resolve(wanted);
  const name = path.basename(file);
  const { format } = await inspectFile(file, name);
  return { name, format, source: fileSource(file).source };
};

const openStandardInput = async (): Promise<PredictionFile> => {
  const name = 'standard input';
  const chunks = process.stdin[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    const bytes = Buffer.from(next.value);
    head.push(bytes);
    size += bytes.length;
  }
  const format = detectFormat(name, Buffer.concat(head).subarray(0, HEAD_BYTES));
  if (typeof format !== 'string') throw new AppError('unsupported', format.unsupported);
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield* head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield Buffer.from(next.value);
  };
  const buffer = (): never => {
    throw new AppError('unsupported', 'Parquet cannot be read from standard input: name the file instead.');
  };
  return { name, format, source: { bytes, buffer } };
};
