import 'server-only';
/** One attempt at an import: what it is given, and what it remembers from batch to batch. */
import type { PoolClient } from 'pg';
import type { StoredQuestion } from '@/lib/data/question-sets/write';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import type { Refusal } from '@/lib/domain/import';
import type { ImportPayload } from './payload';

const MAX_WARNINGS = 100;
/** Questions and groups remembered as stored; beyond it they are looked up again. */
const MAX_REMEMBERED = 100_000;

export type ImportCounts = {
  rolloutsNew: number;
  rolloutsKnown: number;
  questionsNew: number;
  refused: number;
};
export type ImportRun = {
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

export type Attempt = {
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

/** Counts begin anew, but for the rows that earlier attempts have added. */
export const beginAttempt = async (client: PoolClient, importId: string, runId: string | null): Promise<Attempt> => {
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

/** Drops what has grown too large to remember. */
export const forgetMany = (attempt: Attempt): void => {
  if (attempt.questions.size > MAX_REMEMBERED) attempt.questions.clear();
  if (attempt.groups.size > MAX_REMEMBERED) attempt.groups.clear();
  if (attempt.warned.size > MAX_REMEMBERED) attempt.warned.clear();
};

/** Once for each question; the first hundred are kept. */
export const warn = (attempt: Attempt, questionId: string, warning: Refusal): void => {
  if (attempt.warned.has(questionId)) return;
  attempt.warned.add(questionId);
  attempt.warningCount += 1;
  if (attempt.warnings.length < MAX_WARNINGS) attempt.warnings.push(warning);
};
