import 'server-only';
/**
 * The worker's side of tasks. These take a task id instead of a viewer: whoever queued the task was allowed to, and
 * the handler acts as that person, who comes back from `beginTask`.
 */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import type { Viewer } from '@/lib/data/viewer';

const begunSchema = z.object({
  id: z.uuid(),
  project_id: z.uuid(),
  created_by: z.string().nullable(),
  payload: z.unknown(),
});

/** A task under way, and the person it is done for. */
export type BegunTask = {
  readonly id: string;
  readonly projectId: string;
  readonly viewer: Viewer;
  readonly payload: unknown;
};

/** Marks the task as running; undefined when it is over already, cancelled, or its person is gone. */
export const beginTask = async (taskId: string): Promise<BegunTask | undefined> => {
  const { rows } = await pool.query(
    `UPDATE task SET state = 'running', error = NULL, started_at = now(), heartbeat_at = now(), done = 0
     WHERE id = $1 AND state IN ('queued', 'running') AND NOT cancel_requested
     RETURNING id, project_id, created_by, payload`,
    [taskId],
  );
  if (rows.length === 0) {
    await pool.query(
      `UPDATE task SET state = 'cancelled', finished_at = now() WHERE id = $1 AND state IN ('queued', 'running')`,
      [taskId],
    );
    return undefined;
  }
  const row = begunSchema.parse(rows[0]);
  await notify({ projectId: row.project_id, topic: 'task', id: row.id });
  if (row.created_by === null) {
    await closeTask(taskId, { state: 'failed', error: 'The person who started this is no longer here' });
    return undefined;
  }
  return {
    id: row.id,
    projectId: row.project_id,
    viewer: { userId: row.created_by, projectId: row.project_id },
    payload: row.payload,
  };
};

export type Progress = {
  readonly done?: number;
  readonly total?: number;
  readonly unit?: string;
  /** What it has come to so far, e.g. its cost; its end replaces it. */
  readonly result?: Readonly<Record<string, unknown>>;
};

/** Says that the task is alive and how far it is; answers whether someone asked to cancel it. */
export const reportTask = async (
  taskId: string,
  { done, total, unit, result }: Progress = {},
): Promise<{ cancelRequested: boolean }> => {
  const { rows } = await pool.query<{ cancel_requested: boolean; project_id: string }>(
    `UPDATE task SET heartbeat_at = now(), done = coalesce($2, done), total = coalesce($3, total), unit = coalesce($4, unit),
            result = coalesce($5::jsonb, result)
     WHERE id = $1 AND state = 'running' RETURNING cancel_requested, project_id`,
    [taskId, done ?? null, total ?? null, unit ?? null, result ? JSON.stringify(result) : null],
  );
  const row = rows[0];
  if (!row) return { cancelRequested: true }; // removed, or closed by someone else: stop
  if (done !== undefined) await notify({ projectId: row.project_id, topic: 'task', id: taskId });
  return { cancelRequested: row.cancel_requested };
};

type Ending =
  | { readonly state: 'done' | 'cancelled'; readonly result: unknown }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'queued' };

/** Ends the task, or hands it back for another worker (`queued`). A task that is over stays as it is. */
export const closeTask = async (taskId: string, ending: Ending): Promise<void> => {
  const { rows } = await pool.query<{ project_id: string }>(
    `UPDATE task SET state = $2, result = coalesce($3::jsonb, result), error = $4,
            finished_at = CASE WHEN $2 = 'queued' THEN NULL ELSE now() END, heartbeat_at = now()
     WHERE id = $1 AND state IN ('queued', 'running') RETURNING project_id`,
    [
      taskId,
      ending.state,
      'result' in ending ? JSON.stringify(ending.result) : null,
      ending.state === 'failed' ? ending.error : null,
    ],
  );
  if (rows[0]) await notify({ projectId: rows[0].project_id, topic: 'task', id: taskId });
};

/** Tasks that ran outside the queue (a command, a request) and whose process died: their sender can repeat them. */
export const failSilentTasks = async (): Promise<number> => {
  const { rowCount } = await pool.query(
    `UPDATE task SET state = 'failed', finished_at = now(),
            error = 'What was doing this stopped before the end. Do it again: it continues where it was.'
     WHERE state = 'running' AND payload ->> 'door' IN ('command', 'api') AND heartbeat_at < now() - interval '60 seconds'`,
  );
  return rowCount ?? 0;
};
