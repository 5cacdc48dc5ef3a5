import 'server-only';
/** The import of one file, as a task: from the screen through the queue, from the command line in its own process. */
import type { ImportCounts } from '@/lib/data/imports/attempt';
import { fileSource, hashFile, pathOfPlace } from '@/lib/data/imports/file';
import { type ImportPayload, importPayloadSchema } from '@/lib/data/imports/payload';
import { type ImportOutcome, runImport } from '@/lib/data/imports/run';
import { findSameFile, recordFile } from '@/lib/data/imports/same-file';
import { readRecords } from '@/lib/domain/formats/read';
import type { ImportResult, Refusal } from '@/lib/domain/import';
import { defineJob, type Job } from './define-job';
import { queueAfterImport } from './import-follow-up';
import { queueNames } from './queue-names';

/** What the command line wants to hear besides. */
export type ImportListener = {
  readonly onProgress?: (counts: Readonly<ImportCounts>, bytesRead: number) => void;
  readonly onRefusals?: (refusals: readonly Refusal[]) => void;
};

const nothing = {
  rolloutsNew: 0,
  rolloutsKnown: 0,
  questionsNew: 0,
  refused: 0,
  warnings: [] as Refusal[],
  warningCount: 0,
};

/** Makes the import job; the command line adds a listener and performs it itself. */
export const importJob = (listener: ImportListener = {}): Job =>
  defineJob({
    name: queueNames.import,
    payload: importPayloadSchema,
    concurrency: 1,
    run: async (payload, { task, signal, report }) => {
      const file = await pathOfPlace(payload.place, payload.door);
      const sha256 = payload.place.kind === 'upload' ? payload.place.sha256 : await hashFile(file, signal);
      const same = await findSameFile(task.id, payload, sha256);
      if (same !== undefined) {
        const result: ImportResult = { ...nothing, complete: true, sameAs: same, followUps: [] };
        return { state: 'done', result };
      }
      const { source, bytesRead } = fileSource(file);
      const outcome = await runImport({
        importId: task.id,
        projectId: task.projectId,
        payload,
        records: readRecords(payload.format, source),
        bytesRead,
        signal,
        onProgress: (counts, done) => {
          report({ done });
          listener.onProgress?.(counts, done);
        },
        ...(listener.onRefusals && { onRefusals: listener.onRefusals }),
      });
      if (!outcome.complete) return { state: 'cancelled', result: { ...outcome, sameAs: null, followUps: [] } };
      await recordFile(task.id, sha256);
      const followUps = await followUp(task.viewer.userId, task.projectId, payload, outcome);
      const result: ImportResult = { ...outcome, sameAs: null, followUps };
      return { state: 'done', result };
    },
  });

const followUp = (userId: string, projectId: string, payload: ImportPayload, outcome: ImportOutcome) =>
  queueAfterImport({ userId, projectId, payload, added: outcome.rolloutsNew + outcome.questionsNew > 0 });
