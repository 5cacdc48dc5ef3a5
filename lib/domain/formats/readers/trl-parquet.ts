/** TRL's `completions_{step}.parquet`: one rollout per row, reward functions and logged extras as columns. */
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { z } from 'zod';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import { engineRollout, hintsOf, rewardColumns, totalOf } from './engine-row';
import { refusal, rowReader } from './rows';

/** Random access to the file. Codecs beyond snappy (gzip, zstd) work when the caller brings `compressors`. */
export type ParquetSource = { readonly file: AsyncBuffer; readonly compressors?: Compressors };

/** A row group is held in memory as a whole; a small file can claim to unpack to any size. */
const MAX_GROUP_BYTES = 1024 ** 3;
/** TRL writes one file per step; a wider table is none of its. */
const MAX_COLUMNS = 500;

const message = z.object({ content: z.union([z.string(), z.array(z.object({ text: z.string().nullish() }))]) });

/** A text, or a list of chat messages, whose texts are joined. */
const textSchema = z.union([
  z.string(),
  z
    .array(message)
    .transform((messages) =>
      messages
        .map(({ content }) => (typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('')))
        .join('\n'),
    ),
]);

const rowSchema = z.looseObject({
  prompt: textSchema,
  completion: textSchema,
  step: z.unknown().optional(),
  advantage: z.unknown().optional(),
});

/** Rollouts, read one row group at a time; `at` is the 1-based row. A broken file gives one refusal. */
export async function* readTrlParquet(source: ParquetSource): AsyncGenerator<ImportRecord> {
  const metadata = await attempt(() => parquetMetadataAsync(source.file));
  if (typeof metadata === 'string') {
    yield refusal(1, `Not a whole parquet file: ${metadata}`);
    return;
  }
  const columns = topColumns(metadata);
  const missing = ['prompt', 'completion'].find((name) => !columns.has(name));
  if (missing !== undefined || columns.size > MAX_COLUMNS) {
    yield refusal(
      1,
      missing ? `The table has no column \`${missing}\`.` : `The table has over ${MAX_COLUMNS} columns.`,
    );
    return;
  }
  const read = trlRow(columns);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows =
      group.total_byte_size > MAX_GROUP_BYTES
        ? 'it unpacks to more than 1 GB'
        : await attempt(() => parquetReadObjects({ ...source, metadata, rowStart, rowEnd }));
    if (typeof rows === 'string')
      yield refusal(rowStart + 1, `Rows ${rowStart + 1} to ${rowEnd} cannot be read: ${rows}`);
    else for (const [index, row] of rows.entries()) yield* read(row, rowStart + index + 1);
    rowStart = rowEnd;
  }
}

const NUMERIC = new Set(['FLOAT', 'DOUBLE', 'INT32', 'INT64']);

/** Names of the columns, with whether they hold plain numbers (a reward may be null in every row). */
const topColumns = ({ schema }: FileMetaData): ReadonlyMap<string, boolean> => {
  const columns = new Map<string, boolean>();
  for (let index = 1; index < schema.length; ) {
    const element = schema[index];
    if (element === undefined) break;
    columns.set(element.name, NUMERIC.has(element.type ?? '') && (element.num_children ?? 0) === 0);
    index = afterSubtree(schema, index);
  }
  return columns;
};

/** The schema is a tree written flat, parents before children. */
const afterSubtree = (schema: FileMetaData['schema'], index: number): number => {
  let open = 1;
  let next = index;
  for (; open > 0 && next < schema.length; next++) open += (schema[next]?.num_children ?? 0) - 1;
  return next;
};

const trlRow = (columns: ReadonlyMap<string, boolean>) =>
  rowReader(rowSchema, (row, at) => {
    const rewards = rewardColumns(row, (name) => columns.get(name) === true);
    const { step, prompt, completion, advantage } = row;
    const total = totalOf(rewards);
    return engineRollout({ step, prompt, response: completion, rewards, total, advantage, hints: hintsOf(row) }, at);
  });

/** The value, or what the parquet reader said: it throws plain errors for broken bytes. */
const attempt = async <T>(read: () => Promise<T>): Promise<T | string> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error) return error.message.slice(0, 200);
    throw error;
  }
};
