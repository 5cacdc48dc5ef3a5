import 'server-only';
/**
 * The import itself: records in, rows out, one transaction a batch. Parsing runs ahead of the database by one batch.
 * Stopping anywhere leaves whole batches; running the same file again adds what is missing and nothing twice.
 */
import type { PoolClient } from 'pg';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { insertQuestions, questionConflict, type StoredQuestion } from '@/lib/data/question-sets/write';
import { copyRollouts, findKnownRollouts, insertGroups, type NewGroup } from '@/lib/data/rollouts/write';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import type { Refusal } from '@/lib/domain/import';
import { type Batch, type BatchTarget, batchRecords } from './batch';
import type { ImportPayload } from './payload';

/** Refusals stored with their reason; all are counted. */
export const MAX_STORED_REFUSALS = 1_000;
const MAX_WARNINGS = 100;
/** Questions and groups remembered as stored; beyond it they are looked up again. */
const MAX_REMEMBERED = 100_000;
const LOCK_POLL_MS = 250;

export type ImportCounts = {
  rolloutsNew: number;
  rolloutsKnown: number;
  questionsNew: number;
  refused: number;
};
export type ImportOutcome = ImportCounts & {
  /** The end of the file was reached; otherwise it was cancelled and can be continued. */
  readonly complete: boolean;
  readonly warnings: readonly Refusal[];
  readonly warningCount: number;
};

type Job = {
  readonly importId: string;
  readonly projectId: string;
  readonly payload: ImportPayload;
  readonly records: AsyncIterable<ImportRecord>;
  readonly bytesRead: () => number;
  readonly signal: AbortSignal;
  /** Called after each commit. */
  readonly onProgress?: (counts: Readonly<ImportCounts>, bytesRead: number) => void;
  readonly onRefusals?: (refusals: readonly Refusal[]) => void;
};

type State = {
  /** The run had no rollout when this attempt began, and it is locked: nothing can be known. */
  readonly fresh: boolean;
  readonly counts: ImportCounts;
  /** Added by an earlier attempt of this import, which this attempt meets again as known. */
  readonly addedBefore: number;
  metKnown: number;
  storedRefusals: number;
  readonly questions: Map<string, StoredQuestion>;
  readonly groups: Set<string>;
  readonly warned: Set<string>;
  readonly warnings: Refusal[];
  warningCount: number;
};

/**
 * Imports one stream of records. Returns with `complete: false` when the signal aborts or somebody asked to cancel;
 * throws what the reader or the database throws, after which committed batches stay and a new attempt continues.
 */
export const runImport = async (job: Job): Promise<ImportOutcome> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const locked = await lockRun(client, job.payload.runId ?? job.payload.questionSetId, job.signal);
    const state = await beginAttempt(client, job.importId, job.payload.runId);
    const complete = locked && (await writeAll(client, job, state));
    const { counts, warnings, warningCount } = state;
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

const beginAttempt = async (client: PoolClient, importId: string, runId: string | null): Promise<State> => {
  const { rows } = await client.query<{ rollouts_new: number; questions_new: number }>(
    'UPDATE import SET rollouts_known = 0, refused = 0 WHERE id = $1 RETURNING rollouts_new, questions_new',
    [importId],
  );
  await client.query('DELETE FROM import_refusal WHERE import_id = $1', [importId]);
  const known = await client.query('SELECT 1 FROM rollout WHERE run_id = $1 LIMIT 1', [runId]);
  const before = rows[0] ?? { rollouts_new: 0, questions_new: 0 };
  return {
    fresh: known.rowCount === 0,
    counts: { rolloutsNew: before.rollouts_new, rolloutsKnown: 0, questionsNew: before.questions_new, refused: 0 },
    addedBefore: before.rollouts_new,
    metKnown: 0,
    storedRefusals: 0,
    questions: new Map(),
    groups: new Set(),
    warned: new Set(),
    warnings: [],
    warningCount: 0,
  };
};

const targetOf = ({ projectId, payload }: Job): BatchTarget => {
  const { runId, iterationId, questionSetId, stage, source } = payload;
  const rollouts =
    runId === null || iterationId === null ? null : { projectId, runId, iterationId, questionSetId, stage, source };
  return { questionSetId, rollouts };
};

const writeAll = async (client: PoolClient, job: Job, state: State): Promise<boolean> => {
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
      const cancelled = await writeBatch(client, job, target, state, batch);
      job.onProgress?.(state.counts, batch.bytesRead);
      if (cancelled) return false;
    }
  } finally {
    // The batch being prepared is abandoned, its failure with it; `return` closes the file.
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
};

/** Writes one batch in one transaction; true when somebody asked to cancel. */
const writeBatch = async (
  client: PoolClient,
  job: Job,
  target: BatchTarget,
  state: State,
  batch: Batch,
): Promise<boolean> => {
  forgetMany(state);
  await client.query('BEGIN');
  try {
    const written = await writeRows(client, job, target, state, batch);
    const cancelled = await writeCounts(client, job, batch, written);
    await client.query('COMMIT');
    Object.assign(state.counts, written.counts);
    state.metKnown = written.metKnown;
    state.storedRefusals += written.stored;
    job.onRefusals?.(written.refusals);
    return cancelled;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the error that matters is the first one
    throw error;
  }
};

const forgetMany = (state: State): void => {
  if (state.questions.size > MAX_REMEMBERED) state.questions.clear();
  if (state.groups.size > MAX_REMEMBERED) state.groups.clear();
  if (state.warned.size > MAX_REMEMBERED) state.warned.clear();
};

type Written = {
  readonly counts: ImportCounts;
  readonly metKnown: number;
  readonly refusals: readonly Refusal[];
  readonly stored: number;
};

const writeRows = async (
  client: PoolClient,
  job: Job,
  target: BatchTarget,
  state: State,
  batch: Batch,
): Promise<Written> => {
  const unknown = new Map(
    [...batch.questions].filter(([id]) => !state.questions.has(id)).map(([id, { question }]) => [id, question]),
  );
  const place = { projectId: job.projectId, questionSetId: target.questionSetId };
  const { stored, added } = await insertQuestions(client, place, unknown);
  for (const [id, question] of stored) state.questions.set(id, question);

  const refusals = [...batch.refusals];
  for (const [id, { at, question }] of batch.questions) {
    const known = state.questions.get(id);
    const conflict = known && questionConflict(known, question);
    if (conflict) warn(state, id, { at, reason: conflict.reason });
  }
  const wanted = batch.rollouts.filter(({ at, questionId, question }) => {
    const known = state.questions.get(questionId);
    const conflict = known && questionConflict(known, question);
    if (conflict?.level !== 'refuse') return true;
    refusals.push({ at, reason: conflict.reason });
    return false;
  });
  const ids = state.fresh ? [] : wanted.map(({ encoded }) => encoded.id);
  const there = await findKnownRollouts(client, ids);
  const fresh = wanted.filter(({ encoded }) => !there.has(encoded.id));
  if (target.rollouts) {
    const groups = new Map<string, NewGroup>();
    for (const { group } of fresh) if (!state.groups.has(group.id)) groups.set(group.id, group);
    await insertGroups(client, target.rollouts, [...groups.values()]);
    for (const id of groups.keys()) state.groups.add(id);
    await copyRollouts(
      client,
      fresh.map(({ encoded, questionId, question }) => ({
        encoded,
        kind: state.questions.get(questionId)?.kind ?? question.kind,
      })),
    );
  }
  const metKnown = state.metKnown + there.size + batch.repeated;
  const counts = {
    rolloutsNew: state.counts.rolloutsNew + fresh.length,
    rolloutsKnown: Math.max(0, metKnown - state.addedBefore),
    questionsNew: state.counts.questionsNew + added,
    refused: state.counts.refused + refusals.length,
  };
  const kept = Math.max(0, Math.min(refusals.length, MAX_STORED_REFUSALS - state.storedRefusals));
  return { counts, metKnown, refusals, stored: kept };
};

const warn = (state: State, questionId: string, warning: Refusal): void => {
  if (state.warned.has(questionId)) return;
  state.warned.add(questionId);
  state.warningCount += 1;
  if (state.warnings.length < MAX_WARNINGS) state.warnings.push(warning);
};

const writeCounts = async (
  client: PoolClient,
  { importId, projectId }: Job,
  batch: Batch,
  { counts, refusals, stored }: Written,
): Promise<boolean> => {
  if (stored > 0) {
    const kept = refusals.slice(0, stored);
    await client.query(
      `INSERT INTO import_refusal (import_id, at, reason) SELECT $1, * FROM unnest($2::bigint[], $3::text[]) ON CONFLICT DO NOTHING`,
      [importId, kept.map(({ at }) => at), kept.map(({ reason }) => reason.slice(0, 500))],
    );
  }
  await client.query(
    'UPDATE import SET rollouts_new = $2, rollouts_known = $3, questions_new = $4, refused = $5 WHERE id = $1',
    [importId, counts.rolloutsNew, counts.rolloutsKnown, counts.questionsNew, counts.refused],
  );
  const { rows } = await client.query<{ cancel_requested: boolean }>(
    'UPDATE task SET done = $2, heartbeat_at = now() WHERE id = $1 RETURNING cancel_requested',
    [importId, batch.bytesRead],
  );
  await notify({ projectId, topic: 'import', id: importId }, client);
  return rows[0]?.cancel_requested ?? true;
};
