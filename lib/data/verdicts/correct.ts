import 'server-only';
/**
 * People correct verdicts. A correction is one append-only decision, and in the same transaction the columns that
 * lists and rates read are decided anew, so that every number follows at once.
 */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import type { Viewer } from '@/lib/data/viewer';
import type { Check } from '@/lib/domain/verdict';
import type { VerdictCorrection } from '@/lib/domain/verdict-correction';
import { AppError } from '@/lib/errors';
import { restandRollouts } from './restand';

/**
 * Locks the rollout and returns its project: two corrections at once, or one beside the verify job, wait for each
 * other. Throws `not_found`, and `conflict` where there is no verdict to correct.
 */
const lockRollout = async (client: PoolClient, viewer: Viewer, rolloutId: string): Promise<string> => {
  const { rows: locked } = await client.query<{ project_id: string }>(
    `SELECT rollout.project_id FROM rollout WHERE rollout.id = $1 AND ($3::uuid IS NULL OR rollout.project_id = $3)
       AND EXISTS (SELECT 1 FROM member WHERE member.project_id = rollout.project_id AND member.user_id = $2)
     FOR UPDATE OF rollout`,
    [rolloutId, viewer.userId, viewer.projectId ?? null],
  );
  const row = locked[0];
  if (!row) throw new AppError('not_found', 'Rollout not found');
  const verdict = await client.query(
    `SELECT FROM rollout JOIN run ON run.id = rollout.run_id
       JOIN verifier_version version ON version.id = run.verifier_version_id
       JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = version.reading_id
     WHERE rollout.id = $1`,
    [rolloutId],
  );
  if (verdict.rowCount === 0) {
    throw new AppError('conflict', 'This rollout has no verdict yet: verify its run, then correct what is wrong');
  }
  return row.project_id;
};

const storedSchema = z.object({
  id: z.uuid(),
  rollout_id: z.uuid().nullable(),
  check: z.string().nullable(),
  action: z.string(),
  payload: z.unknown(),
});

type Act = {
  readonly decisionId: string;
  readonly rolloutId: string;
  readonly check: Check;
  readonly action: 'correct' | 'withdraw';
  readonly payload: { readonly value?: VerdictCorrection['value'] };
  readonly reason: string;
};

/** Appends the act; false when the same act is there already. Throws `conflict` when its id names another act. */
const append = async (client: PoolClient, viewer: Viewer, projectId: string, act: Act): Promise<boolean> => {
  const inserted = await client.query(
    `INSERT INTO decision (id, project_id, actor_id, rollout_id, "check", action, payload, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [act.decisionId, projectId, viewer.userId, act.rolloutId, act.check, act.action, act.payload, act.reason],
  );
  if (inserted.rowCount === 1) return true;
  const { rows } = await client.query(
    'SELECT id, rollout_id, "check", action, payload FROM decision WHERE id = $1 AND project_id = $2',
    [act.decisionId, projectId],
  );
  const known = storedSchema.safeParse(rows[0]).data;
  const same =
    known?.rollout_id === act.rolloutId &&
    known.check === act.check &&
    known.action === act.action &&
    JSON.stringify(known.payload) === JSON.stringify(act.payload);
  if (!same) throw new AppError('conflict', 'This decision id was used for something else');
  return false;
};

const actOn = async (viewer: Viewer, act: Act): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const projectId = await lockRollout(client, viewer, act.rolloutId);
    if (await append(client, viewer, projectId, act)) {
      await restandRollouts(client, [act.rolloutId]);
      await notify({ projectId, topic: 'verdict', id: act.rolloutId }, client);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
};

/** `decisionId` is the client's, so that a repeated send is the same act. */
export type CorrectVerdict = {
  readonly decisionId: string;
  readonly rolloutId: string;
  readonly correction: VerdictCorrection;
  readonly reason: string;
};

/**
 * Says what a check should have said. Any member may.
 *
 * @throws AppError `not_found` for foreign rollouts too; `conflict` without a verdict or for a reused decision id.
 */
export const correctVerdict = (viewer: Viewer, { correction, ...act }: CorrectVerdict): Promise<void> =>
  actOn(viewer, { ...act, check: correction.check, action: 'correct', payload: { value: correction.value } });

/**
 * Takes the correction of a check back: the verifier's own decision stands again.
 *
 * @throws AppError as `correctVerdict`; withdrawing where nothing is corrected changes nothing.
 */
export const withdrawCorrection = (
  viewer: Viewer,
  act: { readonly decisionId: string; readonly rolloutId: string; readonly check: Check; readonly reason: string },
): Promise<void> => actOn(viewer, { ...act, action: 'withdraw', payload: {} });
