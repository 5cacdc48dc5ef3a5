import 'server-only';
/** Rollouts that arrive over HTTP: imported while they come in, by the request's own process. */
import { createImport } from '@/lib/data/imports/create';
import { importPayloadSchema } from '@/lib/data/imports/payload';
import { runImport } from '@/lib/data/imports/run';
import { MAX_STORED_REFUSALS } from '@/lib/data/imports/write-batch';
import { createSlots } from '@/lib/data/slots';
import { getTask } from '@/lib/data/tasks/read';
import type { Viewer } from '@/lib/data/viewer';
import type { Format } from '@/lib/domain/formats/import-record';
import { readRecords } from '@/lib/domain/formats/read';
import { type ImportResult, importResultSchema, type Refusal } from '@/lib/domain/import';
import type { Stage } from '@/lib/domain/rollout';
import { AppError } from '@/lib/errors';
import { defineJob } from './define-job';
import { queueAfterImport } from './import-follow-up';
import { queueNames } from './queue-names';

/** Formats whose records are lines: those can be read while they arrive. */
export const streamFormats = ['studio-ndjson', 'verl-jsonl', 'ms-swift-jsonl'] as const satisfies readonly Format[];

export type StreamTarget = {
  readonly run: string;
  readonly set?: string | undefined;
  readonly iteration?: number | undefined;
  readonly stage?: Stage | undefined;
  readonly source?: string | undefined;
  readonly format: (typeof streamFormats)[number];
};
export type StreamResult = {
  readonly id: string;
  readonly result: ImportResult;
  readonly refusals: readonly Refusal[];
};

/** A body comes as slowly as its sender likes, and an import holds one of the pool's few connections meanwhile. */
const inTurn = createSlots({
  atOnce: 2,
  inLine: 32,
  busy: 'Many imports are being received already: send this one again in a moment',
});

/**
 * Imports a body, after those that came before it. What was committed before a failure stays, and sending the same
 * again adds only the rest. Throws the body's own failure (`too_large`, `invalid`), `conflict` when somebody cancelled
 * it, `busy` when too many wait.
 */
export const importStream = (
  viewer: Viewer,
  body: AsyncIterable<Uint8Array>,
  target: StreamTarget,
  signal: AbortSignal,
): Promise<StreamResult> => inTurn(() => importBody(viewer, body, target, signal));

const importBody = async (
  viewer: Viewer,
  body: AsyncIterable<Uint8Array>,
  { format, run, set, iteration, stage, source }: StreamTarget,
  signal: AbortSignal,
): Promise<StreamResult> => {
  const { id } = await createImport(viewer, {
    door: 'api',
    place: { kind: 'stream' },
    fileName: source ?? 'api',
    bytes: 0,
    format,
    run,
    source: source ?? 'api',
    ...(set !== undefined && { set }),
    ...(iteration !== undefined && { iteration }),
    ...(stage !== undefined && { stage }),
  });
  const refusals: Refusal[] = [];
  let failure: unknown;
  const job = defineJob({
    name: queueNames.import,
    payload: importPayloadSchema,
    concurrency: 1,
    run: async (payload, { task, signal: stop, report }) => {
      let taken = 0;
      const bytes = async function* (): AsyncGenerator<Uint8Array> {
        try {
          for await (const chunk of body) {
            taken += chunk.byteLength;
            yield chunk;
          }
        } catch (error) {
          failure = error;
          throw error;
        }
      };
      const buffer = () => {
        throw new Error('a stream has no random access');
      };
      const outcome = await runImport({
        importId: task.id,
        projectId: task.projectId,
        payload,
        records: readRecords(payload.format, { bytes, buffer }),
        bytesRead: () => taken,
        signal: stop,
        onProgress: (_counts, done) => report({ done }),
        onRefusals: (more) => refusals.push(...more.slice(0, MAX_STORED_REFUSALS - refusals.length)),
      });
      const added = outcome.rolloutsNew + outcome.questionsNew > 0;
      const { userId } = task.viewer;
      const followUps = await queueAfterImport({ userId, projectId: task.projectId, payload, added });
      return { state: outcome.complete ? 'done' : 'cancelled', result: { ...outcome, sameAs: null, followUps } };
    },
  });
  await job.perform(id, signal);
  if (failure !== undefined) throw failure;
  const task = await getTask(viewer, id);
  if (task.state === 'done') return { id, result: importResultSchema.parse(task.result), refusals };
  if (task.state === 'cancelled') throw new AppError('conflict', 'The import was cancelled; what came before is in');
  throw new AppError('unavailable', task.error ?? 'The import did not end');
};
