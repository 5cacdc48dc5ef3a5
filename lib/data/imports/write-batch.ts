import 'server-only';
/** One batch of an import: its rows, its refusals and the counts after it, in one transaction. */
import type { PoolClient } from 'pg';
import { notify } from '@/lib/data/events';
import { insertQuestions, questionConflict } from '@/lib/data/question-sets/write';
import { copyRollouts, findKnownRollouts, insertGroups, type NewGroup } from '@/lib/data/rollouts/write';
import type { Refusal } from '@/lib/domain/import';
import { type Attempt, forgetMany, type ImportCounts, type ImportRun, warn } from './attempt';
import type { Batch, BatchTarget } from './batch';

/** Refusals stored with their reason; all are counted. */
export const MAX_STORED_REFUSALS = 1_000;

/** Writes one batch in one transaction; true when somebody asked to cancel. */
export const writeBatch = async (
  client: PoolClient,
  job: ImportRun,
  target: BatchTarget,
  attempt: Attempt,
  batch: Batch,
): Promise<boolean> => {
  forgetMany(attempt);
  await client.query('BEGIN');
  try {
    const written = await writeRows(client, job, target, attempt, batch);
    const cancelled = await writeCounts(client, job, batch, written);
    await client.query('COMMIT');
    Object.assign(attempt.counts, written.counts);
    attempt.metKnown = written.metKnown;
    attempt.storedRefusals += written.stored;
    job.onRefusals?.(written.refusals);
    return cancelled;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the error that matters is the first one
    throw error;
  }
};

type Written = {
  readonly counts: ImportCounts;
  readonly metKnown: number;
  readonly refusals: readonly Refusal[];
  readonly stored: number;
};

const writeRows = async (
  client: PoolClient,
  job: ImportRun,
  target: BatchTarget,
  attempt: Attempt,
  batch: Batch,
): Promise<Written> => {
  const unknown = new Map(
    [...batch.questions].filter(([id]) => !attempt.questions.has(id)).map(([id, { question }]) => [id, question]),
  );
  const place = { projectId: job.projectId, questionSetId: target.questionSetId };
  const { stored, added } = await insertQuestions(client, place, unknown);
  for (const [id, question] of stored) attempt.questions.set(id, question);

  const refusals = [...batch.refusals];
  for (const [id, { at, question }] of batch.questions) {
    const known = attempt.questions.get(id);
    const conflict = known && questionConflict(known, question);
    if (conflict) warn(attempt, id, { at, reason: conflict.reason });
  }
  const wanted = batch.rollouts.filter(({ at, questionId, question }) => {
    const known = attempt.questions.get(questionId);
    const conflict = known && questionConflict(known, question);
    if (conflict?.level !== 'refuse') return true;
    refusals.push({ at, reason: conflict.reason });
    return false;
  });
  const ids = attempt.fresh ? [] : wanted.map(({ encoded }) => encoded.id);
  const there = await findKnownRollouts(client, ids);
  const fresh = wanted.filter(({ encoded }) => !there.has(encoded.id));
  if (target.rollouts) {
    const groups = new Map<string, NewGroup>();
    for (const { group } of fresh) if (!attempt.groups.has(group.id)) groups.set(group.id, group);
    await insertGroups(client, target.rollouts, [...groups.values()]);
    for (const id of groups.keys()) attempt.groups.add(id);
    await copyRollouts(
      client,
      fresh.map(({ encoded, questionId, question }) => ({
        encoded,
        kind: attempt.questions.get(questionId)?.kind ?? question.kind,
      })),
    );
  }
  const metKnown = attempt.metKnown + there.size + batch.repeated;
  const counts = {
    rolloutsNew: attempt.counts.rolloutsNew + fresh.length,
    rolloutsKnown: Math.max(0, metKnown - attempt.addedBefore),
    questionsNew: attempt.counts.questionsNew + added,
    refused: attempt.counts.refused + refusals.length,
  };
  const kept = Math.max(0, Math.min(refusals.length, MAX_STORED_REFUSALS - attempt.storedRefusals));
  return { counts, metKnown, refusals, stored: kept };
};

const writeCounts = async (
  client: PoolClient,
  { importId, projectId }: ImportRun,
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
