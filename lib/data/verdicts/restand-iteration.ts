import 'server-only';
/**
 * The pass over an iteration whose run moved to another verifier version: what has a verdict of the version's reading
 * is decided anew, and no text is read. Killed anywhere it begins again, and rows that are right already cost no write.
 */
import type { PoolClient } from 'pg';
import { restandRollouts } from './restand';
import type { VerifyTarget } from './unverified';

/** Rows locked at once, so that a correction never waits long. */
const BATCH_ROWS = 5_000;

const nextIds = async (client: PoolClient, { runId, iterationId }: VerifyTarget, afterSeq: string, limit: number) => {
  const { rows } = await client.query<{ id: string; seq: string }>(
    'SELECT id, seq FROM rollout WHERE run_id = $1 AND iteration_id = $2 AND seq > $3 ORDER BY seq LIMIT $4',
    [runId, iterationId, afterSeq, limit],
  );
  return rows;
};

const restandBatch = async (client: PoolClient, ids: readonly string[]): Promise<number> => {
  await client.query('BEGIN');
  try {
    const changed = await restandRollouts(client, ids);
    await client.query('COMMIT');
    return changed;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the error that matters is the first one
    throw error;
  }
};

/**
 * Pays what the iteration owes; returns how many rollouts changed. Does nothing where nothing is owed, and stops after
 * a batch when the signal aborts. The caller holds the iteration's verify lock and has read the target under it.
 * `onProgress` hears of rollouts looked at.
 */
export const restandIteration = async (
  client: PoolClient,
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
  batchRows = BATCH_ROWS,
): Promise<number> => {
  if (target.owed === null) return 0;
  let [changed, done, after] = [0, 0, '0'];
  while (!signal.aborted) {
    const batch = await nextIds(client, target, after, batchRows);
    const last = batch.at(-1);
    if (!last) {
      // Only this debt: one that a later move made is for the pass that begins after it.
      await client.query('UPDATE iteration SET owed_standing = NULL WHERE id = $1 AND owed_standing = $2', [
        target.iterationId,
        target.owed,
      ]);
      return changed;
    }
    changed += await restandBatch(
      client,
      batch.map(({ id }) => id),
    );
    after = last.seq;
    done += batch.length;
    onProgress(done);
  }
  return changed;
};
