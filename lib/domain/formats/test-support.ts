/** For the tests of this folder: texts as byte streams cut at awkward places, and streams as arrays. */
import type { Bytes } from '@/lib/domain/formats/stream/bytes';
import type { Format, ImportedRollout, ImportRecord } from './import-record';
import { readRecords } from './read';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes in chunks of `size`, so that characters, lines and records are cut everywhere. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export const all = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
};

const noBuffer = (): never => {
  throw new Error('this test reads text');
};

/** All records of a text format. */
export const recordsOf = async (format: Format, file: string | Uint8Array, chunk = 7): Promise<ImportRecord[]> => {
  const bytes = typeof file === 'string' ? utf8(file) : file;
  return all(readRecords(format, { bytes: (): Bytes => inChunks(bytes, chunk), buffer: noBuffer }));
};

export const rolloutsOf = (records: readonly ImportRecord[]): ImportedRollout[] =>
  records.flatMap((record) => (record.type === 'rollout' ? [record.rollout] : []));

/** `at: reason` of every refusal. */
export const refusalsOf = (records: readonly ImportRecord[]): string[] =>
  records.flatMap((record) => (record.type === 'refusal' ? [`${record.at}: ${record.reason}`] : []));
