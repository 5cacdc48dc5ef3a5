import 'server-only';
/** What the review screen reads: which queues there are, how far they are, and the order of one. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type PairState, pairTypes } from '@/lib/domain/pair';
import {
  type PairFilters,
  type PairOverview,
  type PairPage,
  pairCountSchema,
  pairOverviewSchema,
  QUEUE_PAGE,
} from '@/lib/domain/pairs/pair-view';
import { AppError } from '@/lib/errors';
import { isStale, staleJoins } from './stale';

export type PairScope = {
  readonly runId: string;
  readonly runName: string;
  readonly iterations: readonly { readonly id: string; readonly k: number }[];
};

/** Runs with their iterations, newest run first, latest iteration first. At most 200 runs. */
export const listPairScopes = async (viewer: Viewer): Promise<PairScope[]> => {
  const runs = await db.run.findMany({
    where: { iterations: { some: {} }, ...visibleTo(viewer) },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, name: true, iterations: { select: { id: true, k: true }, orderBy: { k: 'desc' }, take: 1000 } },
  });
  return runs.map(({ id, name, iterations }) => ({ runId: id, runName: name, iterations }));
};

/** The iteration that has waited longest for a reviewer, else the newest with rollouts; undefined when there is none. */
export const findQueueToOpen = async (viewer: Viewer): Promise<string | undefined> => {
  const waiting = await db.pair.findFirst({
    where: { state: 'proposed', ...visibleTo(viewer) },
    orderBy: { seq: 'desc' },
    select: { iterationId: true },
  });
  if (waiting) return waiting.iterationId;
  const newest = await db.iteration.findFirst({
    where: visibleTo(viewer),
    orderBy: [{ createdAt: 'desc' }, { k: 'desc' }],
    select: { id: true },
  });
  return newest?.id;
};

/** Whether the viewer may propose and freeze in the project of an iteration. */
export const mayEngineer = async (viewer: Viewer, iterationId: string): Promise<boolean> => {
  const where = { id: iterationId, ...visibleTo(viewer, engineers) };
  return (await db.iteration.findFirst({ where, select: { id: true } })) !== null;
};

const requireIteration = async (viewer: Viewer, iterationId: string): Promise<{ runId: string }> => {
  const where = { id: iterationId, ...visibleTo(viewer) };
  const row = await db.iteration.findFirst({ where, select: { runId: true } });
  if (!row) throw new AppError('not_found', 'Iteration not found');
  return row;
};

/** Stale pairs by type and state. */
const countStale = async (iterationId: string) => {
  const { rows } = await pool.query(
    `SELECT p.type, p.state, count(*)::int AS count FROM pair p ${staleJoins}
     WHERE p.iteration_id = $1 AND ${isStale} GROUP BY 1, 2`,
    [iterationId],
  );
  return z.array(pairCountSchema).parse(rows);
};

const SILENT_MS = 30_000;

/** Counts, what can be proposed from, and the proposal under way. Throws `not_found` for foreign iterations. */
export const getPairOverview = async (viewer: Viewer, iterationId: string): Promise<PairOverview> => {
  const { runId } = await requireIteration(viewer, iterationId);
  const where = { iterationId, ...visibleTo(viewer) };
  // The run leads the index. Pairs come from everything but evaluations.
  const rollouts = { runId, stage: { not: 'eval' }, ...where };
  const [counts, stale, anyRollout, anyVerified, task] = await Promise.all([
    db.pair.groupBy({ by: ['type', 'state'], where, _count: true }),
    countStale(iterationId),
    db.rollout.findFirst({ where: rollouts, select: { id: true } }),
    db.rollout.findFirst({ where: { ...rollouts, wellFormed: { not: null } }, select: { id: true } }),
    db.task.findFirst({
      where: { kind: 'propose', payload: { path: ['iterationId'], equals: iterationId }, ...visibleTo(viewer) },
      orderBy: { createdAt: 'desc' },
    }),
  ]);
  const open = task && (task.state === 'queued' || task.state === 'running');
  return pairOverviewSchema.parse({
    iterationId,
    counts: counts.map(({ type, state, _count }) => pairCountSchema.parse({ type, state, count: _count })),
    stale,
    hasRollouts: anyRollout !== null,
    hasVerified: anyVerified !== null,
    task: open
      ? {
          id: task.id,
          state: task.state,
          done: Number(task.done),
          total: task.total === null ? null : Number(task.total),
          silent: task.state === 'running' && Date.now() - (task.heartbeatAt?.getTime() ?? 0) > SILENT_MS,
        }
      : null,
    lastError: task?.state === 'failed' ? task.error : null,
  });
};

const cursorSchema = z
  .string()
  .regex(/^[0-3]\.\d{1,9}\.\d{1,18}$/)
  .transform((text) => text.split('.'));

/** The parts of the queue in order; `$7` are the ids that come first. */
const queueParts = [
  { state: 'proposed', which: 'p.id = ANY($7::uuid[])' },
  { state: 'proposed', which: 'p.id <> ALL($7::uuid[])' },
  { state: 'approved', which: '$7::uuid[] IS NOT NULL' },
  { state: 'rejected', which: '$7::uuid[] IS NOT NULL' },
] as const satisfies readonly { state: PairState; which: string }[];

const idSchema = z.object({ id: z.uuid(), rank: z.coerce.number(), skips: z.int(), at: z.string() });

/**
 * One page of ids in the order of the queue: undecided before approved before rejected, least skipped first, then as
 * proposed. The undecided of `first` come before the others. Throws `invalid` for a cursor that is none of ours, `not_found` for foreign iterations.
 */
export const listPairIds = async (
  viewer: Viewer,
  iterationId: string,
  { type, state, stale }: PairFilters,
  after?: string,
  first: readonly string[] = [],
): Promise<PairPage> => {
  await requireIteration(viewer, iterationId);
  const cursor = after === undefined ? undefined : cursorSchema.safeParse(after);
  if (cursor && !cursor.success) throw new AppError('invalid', 'This page address is not one of ours');
  const [rank = '-1', skips = '0', seq = '0'] = cursor?.data ?? [];
  const pages: z.infer<typeof idSchema>[] = [];
  // One index range per part instead of a sort over all of them.
  for (const [at, part] of queueParts.entries()) {
    if ((state !== undefined && part.state !== state) || at < Number(rank)) continue;
    const from = at === Number(rank) ? [skips, seq] : ['-1', '0'];
    const { rows } = await pool.query(
      `SELECT p.id, ${at} AS rank, p.skips, p.seq::text AS at FROM pair p ${stale ? staleJoins : ''}
       WHERE p.iteration_id = $1 AND p.state = $2 AND (p.skips, p.seq) > ($3, $4) AND p.type = ANY($5) AND ${part.which}
         ${stale ? `AND ${isStale}` : ''}
       ORDER BY p.skips, p.seq LIMIT $6`,
      [iterationId, part.state, ...from, type === undefined ? pairTypes : [type], QUEUE_PAGE + 1 - pages.length, first],
    );
    pages.push(...rows.map((row) => idSchema.parse(row)));
    if (pages.length > QUEUE_PAGE) break;
  }
  const shown = pages.slice(0, QUEUE_PAGE);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    next: last && pages.length > QUEUE_PAGE ? `${last.rank}.${last.skips}.${last.at}` : null,
  };
};
