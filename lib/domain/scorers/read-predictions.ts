/**
 * Predictions of any file that can be imported. Rows of the two published shapes are read as they are written, beside
 * what the studio makes of them: it refuses a truth that names no option, and a published scorer scores it.
 */
import { z } from 'zod';
import type { Format, ImportedRollout, ImportRecord, Refusal } from '@/lib/domain/formats/import-record';
import { type ImportSource, readRecords, readRows } from '@/lib/domain/formats/read';
import { unwrapAnswer } from '@/lib/domain/formats/readers/make-question';
import type { RowReader } from '@/lib/domain/formats/readers/rows';
import { readVeripoPrediction } from '@/lib/domain/formats/readers/veripo';
import { readVideoR1Eval } from '@/lib/domain/formats/readers/video-r1';
import { MAX_RECORD_BYTES } from '@/lib/domain/formats/stream/bytes';
import type { Prediction } from './prediction';
import { pythonStr } from './python-value';

/** Predictions and refusals in file order, one record in memory at a time. Questions without responses are left out. */
export async function* readPredictions(
  format: Format,
  source: ImportSource,
): AsyncGenerator<({ readonly type: 'prediction' } & Prediction) | Refusal> {
  const read = rawReaders.get(format);
  if (read) {
    for await (const row of readRows(read, source.bytes(), MAX_RECORD_BYTES)) {
      yield 'reason' in row ? row : { type: 'prediction', ...row };
    }
    return;
  }
  for await (const record of readRecords(format, source)) {
    if (record.type === 'refusal') yield record;
    if (record.type === 'rollout') yield { type: 'prediction', ...fromRollout(record.at, record.rollout) };
  }
}

const fromRollout = (at: number, rollout: ImportedRollout): Prediction => {
  const { question, response } = rollout;
  return { at, truth: question.truth, problemType: null, response, rollout };
};

const publishedSchema = z.object({
  ground_truth: z.unknown(),
  model_output: z.union([z.string(), z.array(z.string()).min(1)]),
  question: z.unknown(),
});

const problemTypeSchema = z.looseObject({ problem_type: z.string() });

/** `problem_type` of a row or of the question inside it. */
const problemTypeOf = (value: unknown): string | null => problemTypeSchema.safeParse(value).data?.problem_type ?? null;

type RawRow = { readonly truth: string; readonly problemType: string | null; readonly responses: readonly string[] };

/** Rows `{question, ground_truth, model_output}`; undefined where the row does not say what the raw reading needs. */
const rawPublished = (value: unknown): RawRow | undefined => {
  const row = publishedSchema.safeParse(value).data;
  if (row === undefined || row.ground_truth === undefined) return undefined;
  const responses = typeof row.model_output === 'string' ? [row.model_output] : row.model_output;
  return { truth: pythonStr(row.ground_truth), problemType: problemTypeOf(row.question), responses };
};

const evalSchema = z.object({ solution: z.string(), output: z.string() });

const rawVideoR1 = (value: unknown): RawRow | undefined => {
  const row = evalSchema.safeParse(value).data;
  return row && { truth: unwrapAnswer(row.solution), problemType: problemTypeOf(value), responses: [row.output] };
};

/** The raw rows joined with the records that the import reader makes of the same value. */
const joined =
  (raw: (value: unknown) => RawRow | undefined, read: RowReader) =>
  (value: unknown, at: number): readonly (Prediction | Refusal)[] => {
    const records = read(value, at);
    const row = raw(value);
    if (row === undefined) return records.flatMap(fromRecord);
    return row.responses.map((response, i) => {
      const rollout = rolloutOf(records, i);
      // Some forks keep the whole response in another field: the import reader knows which one it is.
      const whole = 'refused' in rollout ? response : rollout.response;
      return { at, truth: row.truth, problemType: row.problemType, response: whole, rollout };
    });
  };

const rolloutOf = (records: readonly ImportRecord[], index: number): Prediction['rollout'] => {
  const record = records[index] ?? records[0];
  if (record?.type === 'rollout') return record.rollout;
  return { refused: record?.type === 'refusal' ? record.reason : 'The row holds no response.' };
};

const fromRecord = (record: ImportRecord): readonly (Prediction | Refusal)[] => {
  if (record.type === 'refusal') return [record];
  return record.type === 'rollout' ? [fromRollout(record.at, record.rollout)] : [];
};

const rawReaders: ReadonlyMap<Format, ReturnType<typeof joined>> = new Map([
  ['veripo-predictions', joined(rawPublished, readVeripoPrediction)],
  ['video-r1-eval', joined(rawVideoR1, readVideoR1Eval)],
]);
