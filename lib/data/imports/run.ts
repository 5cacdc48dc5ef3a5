import 'server-only';
/**
 * The import itself: records in, rows out, one transaction a batch. Parsing runs ahead of the database by one batch.
 * Stopping anywhere leaves whole batches; running the same file again adds what is missing and nothing twice.
 */
import type { PoolClient } from 'pg';
import { pool } from '@/lib/data/db';
import type { Refusal } from '@/lib/domain/import';
import { type Attempt, beginAttempt, type ImportCounts, type ImportRun } from './attempt';
import { type BatchTarget, batchRecords } from './batch';
import { writeBatch } from './write-batch';

const LOCK_POLL_MS = 250;

export type ImportOutcome = ImportCounts & {
  /** The end of the file was reached; otherwise it was cancelled and can be continued. */
  readonly complete: boolean;
  readonly warnings: readonly Refusal[];
  readonly warningCount: number;
};

/**
 * Imports one stream of records. Returns with `complete: false` when the signal aborts or somebody asked to cancel;
 * throws what the reader or the database throws, after which committed batches stay and a new attempt continues.
 */
export const runImport = async (job: ImportRun): Promise<ImportOutcome> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const locked = await lockRun(client, job.payload.runId ?? job.payload.questionSetId, job.signal);
    const attempt = await beginAttempt(client, job.importId, job.payload.runId);
    const complete = locked && (await writeAll(client, job, attempt));
    const { counts, warnings, warningCount } = attempt;
    return { ...counts, complete, warnings, warningCount };
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A broken connection is thrown away, and with it the lock and an open transaction.
    if (!broken) await client.query('SELECT pg_advisory_unlock_all()');
    client.release(broken);
  }
};

/** One import at a time into a run: what makes a plain COPY free of conflicts. False when aborted while waiting. */
const lockRun = async (client: PoolClient, id: string, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('veripo.import.' || $1, 0)) AS locked`,
      [id],
    );
    if (rows[0]?.locked) return true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  return false;
};

const targetOf = ({ projectId, payload }: ImportRun): BatchTarget => {
  const { runId, iterationId, questionSetId, stage, source } = payload;
  const rollouts =
    runId === null || iterationId === null ? null : { projectId, runId, iterationId, questionSetId, stage, source };
  return { questionSetId, rollouts };
};

const writeAll = async (client: PoolClient, job: ImportRun, attempt: Attempt): Promise<boolean> => {
  const target = targetOf(job);
  const batches = batchRecords(job.records, target, job.bytesRead);
  const ahead = () => {
    const next = batches.next();
    next.catch(() => undefined); // it may fail while the batch before is being written; awaiting it below throws
    return next;
  };
  let next = ahead();
  try {
    for (;;) {
      const { value: batch, done } = await next;
      if (done || batch === undefined) return true;
      if (job.signal.aborted) return false;
      next = ahead();
      const cancelled = await writeBatch(client, job, target, attempt, batch);
      job.onProgress?.(attempt.counts, batch.bytesRead);
      if (cancelled) return false;
    }
  } finally {
    // The batch being prepared is abandoned, its failure with it; `return` closes the file.
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
};
