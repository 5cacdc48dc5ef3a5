/** Which format a file has, from its first bytes. Names lie; the name is used only to speak about the file. */

import { isLogHeader } from '@/lib/domain/formats/readers/video-r1-log';
import { sniffEncoding } from '@/lib/domain/formats/stream/bytes';
import { type Sketch, sketchJson } from '@/lib/domain/formats/stream/sketch';
import type { Format } from './import-record';

/** How many bytes of the file `detectFormat` wants to see. */
export const HEAD_BYTES = 64 * 1024;

export type Detected = Format | { readonly unsupported: string };

/** The format, or one sentence that says why the file cannot be read and what to do. */
export const detectFormat = (fileName: string, head: Uint8Array): Detected => {
  const no = (why: string): Detected => ({ unsupported: `${fileName.slice(-120)}: ${why}` });
  if (head.length === 0) return no('the file is empty.');
  if (startsWith(head, 'PAR1')) return 'trl-parquet';
  const packed = PACKED.find(([magic]) => magic.every((byte, index) => head[index] === byte));
  if (packed) return no(`this is a ${packed[1]} file. Unpack it first.`);
  const text = decodeHead(head);
  if (text === undefined) return no('the text is UTF-32, which is not read. Save it as UTF-8.');
  const start = text.trimStart();
  if (start === '') return no('the file is empty.');
  if (isLogHeader(start.split(/\r?\n/, 1)[0] ?? '')) return 'video-r1-log';
  const sketch = sketchJson(start);
  if (sketch === undefined) return no('neither JSON, nor parquet, nor a Video-R1 reward log.');
  if (isMultiRound(sketch)) return no(MULTI_ROUND);
  return byFields(sketch) ?? no(unknownFields(sketch));
};

/** Text of the first bytes, loosely: a cut last character does not matter here. Undefined for UTF-32. */
export const decodeHead = (head: Uint8Array): string | undefined => {
  const { encoding, mark } = sniffEncoding(head);
  return encoding === 'utf-32' ? undefined : new TextDecoder(encoding).decode(head.subarray(mark));
};

const PACKED: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'gzip'],
  [[0x50, 0x4b, 3, 4], 'zip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  [[0x42, 0x5a, 0x68], 'bzip2'],
];

const startsWith = (head: Uint8Array, magic: string): boolean =>
  [...magic].every((char, index) => head[index] === char.charCodeAt(0));

const MULTI_ROUND =
  'these are conversations of several rounds in which the model asks for more frames; the studio reads single responses, so this shape is not imported.';

const isMultiRound = ({ fields }: Sketch): boolean =>
  fields.get('response_text') === '[' && (fields.has('rounds') || fields.has('gpt_response'));

const byFields = ({ fields }: Sketch): Format | undefined => {
  const has = (...names: readonly string[]): boolean => names.every((name) => fields.has(name));
  const hasOne = (...names: readonly string[]): boolean => names.some((name) => fields.has(name));
  if (has('veripo')) return 'studio-ndjson';
  if (has('model_output', 'question')) return 'veripo-predictions';
  if (has('prompt', 'completion')) return 'ms-swift-jsonl';
  if (has('problem', 'output')) return 'video-r1-eval';
  if (has('problem', 'solution')) return 'video-r1-questions';
  if (has('input', 'output') && hasOne('gts', 'score', 'uid', 'step')) return 'verl-jsonl';
  if (has('question', 'answer') || has('processed_question')) return 'veripo-questions';
  return undefined;
};

const unknownFields = ({ fields, layout }: Sketch): string => {
  const names = [...fields.keys()].slice(0, 8).map((name) => name.slice(0, 40));
  if (names.length === 0) return layout === 'lines' ? 'the first record has no fields.' : 'the list holds no records.';
  return `no known format has the fields ${names.join(', ')}.`;
};
