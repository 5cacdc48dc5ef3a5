import 'server-only';
/** From records to batches: identity and encoding, done while the batch before is on its way to the database. */
import { type EncodedRollout, encodeRollout, type NewGroup, type RolloutTarget } from '@/lib/data/rollouts/write';
import { groupId, questionId, sampleIdentity } from '@/lib/domain/formats/identity';
import type { ImportedQuestion, ImportRecord } from '@/lib/domain/formats/import-record';
import type { Refusal } from '@/lib/domain/import';

type PreparedRollout = {
  readonly at: number;
  readonly questionId: string;
  readonly question: ImportedQuestion;
  readonly group: NewGroup;
  readonly encoded: EncodedRollout;
};

export type Batch = {
  /** Questions of the batch by id; the first wording of each. */
  readonly questions: Map<string, { readonly at: number; readonly question: ImportedQuestion }>;
  readonly rollouts: PreparedRollout[];
  readonly refusals: Refusal[];
  /** Samples that came twice in the file with one id and one text. */
  repeated: number;
  /** Bytes of the file read when the batch was closed. */
  bytesRead: number;
};

const BATCH_ROWS = 3_000;
const BATCH_CHARS = 8_000_000;
/** Records between two turns of the event loop, so that the socket of the batch before is fed meanwhile. */
const RECORDS_PER_TURN = 50;
const INT_MAX = 2_147_483_647;

const emptyBatch = (): Batch => ({ questions: new Map(), rollouts: [], refusals: [], repeated: 0, bytesRead: 0 });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Where questions go; `rollouts` is null for a file that may hold only questions. */
export type BatchTarget = { readonly questionSetId: string; readonly rollouts: RolloutTarget | null };

/** Batches of a record stream, in its order. Memory is bounded by two batches and the table of sample ids. */
export async function* batchRecords(
  records: AsyncIterable<ImportRecord>,
  target: BatchTarget,
  bytesRead: () => number,
): AsyncGenerator<Batch> {
  const identify = sampleIdentity(target.rollouts?.source ?? '');
  let batch = emptyBatch();
  let chars = 0;
  let sinceTurn = 0;
  for await (const record of records) {
    chars += addRecord(batch, record, target, identify);
    sinceTurn += 1;
    if (sinceTurn >= RECORDS_PER_TURN) {
      sinceTurn = 0;
      await turn();
    }
    if (batch.rollouts.length + batch.questions.size + batch.refusals.length >= BATCH_ROWS || chars >= BATCH_CHARS) {
      batch.bytesRead = bytesRead();
      yield batch;
      batch = emptyBatch();
      chars = 0;
    }
  }
  batch.bytesRead = bytesRead();
  yield batch;
}

/** Adds one record; returns its size in characters. */
const addRecord = (
  batch: Batch,
  record: ImportRecord,
  target: BatchTarget,
  identify: ReturnType<typeof sampleIdentity>,
): number => {
  if (record.type === 'refusal') {
    batch.refusals.push({ at: record.at, reason: record.reason });
    return record.reason.length;
  }
  const question = record.type === 'question' ? record.question : record.rollout.question;
  const id = questionId(target.questionSetId, question);
  if (record.type === 'rollout') {
    const refused = addRollout(batch, record.at, id, record.rollout, target.rollouts, identify);
    if (refused !== undefined) {
      batch.refusals.push({ at: record.at, reason: refused });
      return refused.length;
    }
  }
  if (!batch.questions.has(id)) batch.questions.set(id, { at: record.at, question });
  return question.prompt.length + (record.type === 'rollout' ? record.rollout.response.length : 0);
};

const addRollout = (
  batch: Batch,
  at: number,
  question: string,
  rollout: Extract<ImportRecord, { type: 'rollout' }>['rollout'],
  target: RolloutTarget | null,
  identify: ReturnType<typeof sampleIdentity>,
): string | undefined => {
  if (target === null) return 'The file has rollouts, which belong to a run: name a run.';
  const { step, groupKey } = rollout;
  if (!Number.isSafeInteger(step) || step < 0 || step > INT_MAX)
    return 'The step is not a number from 0 to 2147483647.';
  const { iterationId, stage } = target;
  const group = {
    id: groupId({ iterationId, stage, step, groupKey, questionId: question }),
    questionId: question,
    step,
  };
  const sample = identify({ groupId: group.id, sampleKey: rollout.sampleKey, response: rollout.response, at });
  if (!sample.ok) return sample.reason;
  if (sample.repeated) {
    batch.repeated += 1;
    return undefined;
  }
  const encoded = encodeRollout(target, { id: sample.id, groupId: group.id, questionId: question }, rollout);
  batch.rollouts.push({ at, questionId: question, question: rollout.question, group, encoded });
  return undefined;
};
