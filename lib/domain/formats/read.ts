/** One door to all formats: a file in, records out. */
import type { AsyncBuffer, Compressors } from 'hyparquet';
import { readMsSwiftLine } from '@/lib/domain/formats/readers/ms-swift';
import { type RowReader, refusal } from '@/lib/domain/formats/readers/rows';
import { readStudioLine } from '@/lib/domain/formats/readers/studio-ndjson';
import { readTrlParquet } from '@/lib/domain/formats/readers/trl-parquet';
import { readVeripoPrediction, readVeripoQuestion } from '@/lib/domain/formats/readers/veripo';
import { readVerlRow } from '@/lib/domain/formats/readers/verl';
import { readVideoR1Eval, readVideoR1Question } from '@/lib/domain/formats/readers/video-r1';
import { readVideoR1Log } from '@/lib/domain/formats/readers/video-r1-log';
import { type Bytes, MAX_RECORD_BYTES } from '@/lib/domain/formats/stream/bytes';
import { readJsonElements } from '@/lib/domain/formats/stream/json-array';
import { parseJson } from '@/lib/domain/formats/stream/json-text';
import { type Layout, sketchJson } from '@/lib/domain/formats/stream/sketch';
import { readLines } from '@/lib/domain/formats/stream/text';
import { decodeHead, HEAD_BYTES } from './detect';
import type { Format, ImportRecord, Refusal } from './import-record';

/** A file: text formats call `bytes`, parquet calls `buffer`; each is called at most once. */
export type ImportSource = {
  readonly bytes: () => Bytes;
  readonly buffer: () => AsyncBuffer | Promise<AsyncBuffer>;
  /** Parquet codecs beyond snappy. */
  readonly compressors?: Compressors;
};

const rowReaders = {
  'studio-ndjson': readStudioLine,
  'video-r1-eval': readVideoR1Eval,
  'veripo-predictions': readVeripoPrediction,
  'verl-jsonl': readVerlRow,
  'ms-swift-jsonl': readMsSwiftLine,
  'veripo-questions': readVeripoQuestion,
  'video-r1-questions': readVideoR1Question,
} as const satisfies Partial<Record<Format, RowReader>>;

/**
 * Records of a file in file order. Bad records become refusals and the rest goes on; only a fault of the source
 * itself (a disk, a connection) throws. Nothing is held but the record being read, or one parquet row group.
 */
export async function* readRecords(format: Format, source: ImportSource): AsyncGenerator<ImportRecord> {
  if (format === 'trl-parquet') {
    const { compressors } = source;
    yield* readTrlParquet({ file: await source.buffer(), ...(compressors && { compressors }) });
  } else if (format === 'video-r1-log') yield* readVideoR1Log(source.bytes());
  else yield* readRows(rowReaders[format], source.bytes(), MAX_RECORD_BYTES);
}

/** A file that is already in memory as a source. */
export const sourceOf = (file: Uint8Array): ImportSource => ({
  bytes: async function* () {
    yield file;
  },
  buffer: () => ({
    byteLength: file.byteLength,
    slice: (start, end) => file.slice(start, end).buffer,
  }),
});

/** One parsed JSON value of a file → what is made of it; a `RowReader` is one that makes import records. */
type ReadRow<Row> = (value: unknown, at: number) => readonly (Row | Refusal)[];

/** JSON rows in any of the three layouts: every JSON format is read from lists, `results` objects and lines. */
export async function* readRows<Row>(
  read: ReadRow<Row>,
  source: Bytes,
  maxBytes: number,
): AsyncGenerator<Row | Refusal> {
  const { layout, bytes } = await peekLayout(source);
  if (layout === 'lines') yield* readNdjson(read, bytes, maxBytes);
  else {
    for await (const element of readJsonElements(bytes, maxBytes)) {
      if ('refusal' in element) yield refusal(element.at, element.refusal);
      else yield* readText(read, element.text, element.at);
    }
  }
}

async function* readNdjson<Row>(read: ReadRow<Row>, source: Bytes, maxBytes: number): AsyncGenerator<Row | Refusal> {
  for await (const line of readLines(source, maxBytes)) {
    if ('refusal' in line) yield refusal(line.at, line.refusal);
    else if (line.text.trim() === '') continue;
    else if (line.ended) yield* readText(read, line.text, line.at);
    else {
      const parsed = parseJson(line.text);
      if (parsed.ok) yield* read(parsed.value, line.at);
      else yield refusal(line.at, CUT_LINE);
    }
  }
}

const CUT_LINE = 'The last line is not complete JSON: the file is half-written. Import it again when it is whole.';

const readText = <Row>(read: ReadRow<Row>, text: string, at: number): readonly (Row | Refusal)[] => {
  const parsed = parseJson(text);
  return parsed.ok ? read(parsed.value, at) : [refusal(at, parsed.reason)];
};

/** Looks at the first bytes and gives them back in front of the rest. */
const peekLayout = async (source: Bytes): Promise<{ layout: Layout; bytes: Bytes }> => {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  const head = new Uint8Array(Math.min(size, HEAD_BYTES));
  let offset = 0;
  for (const chunk of chunks) {
    head.set(chunk.subarray(0, HEAD_BYTES - offset), offset);
    offset = Math.min(HEAD_BYTES, offset + chunk.length);
  }
  const layout = sketchJson(decodeHead(head) ?? '')?.layout ?? 'lines';
  return { layout, bytes: continued(chunks, iterator) };
};

async function* continued(chunks: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // A reader that stops early must still close the file.
    await rest.return?.();
  }
}
