import 'server-only';
/** Tasks: the studio's own long work, with progress that survives a reload. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { taskKindSchema, taskStateSchema } from '@/lib/domain/task';
import { AppError } from '@/lib/errors';

/** A running task that was silent for this long has lost its worker and waits for another. */
const SILENT_MS = 30_000;

const rowSchema = z.object({
  id: z.uuid(),
  kind: taskKindSchema,
  title: z.string(),
  state: taskStateSchema,
  done: z.bigint().transform(Number),
  total: z
    .bigint()
    .nullable()
    .transform((total) => (total === null ? null : Number(total))),
  unit: z.string(),
  cancelRequested: z.boolean(),
  result: z.unknown(),
  error: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  heartbeatAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
/** The columns of a task that leave `lib/data`. */
export const taskSelect = Object.fromEntries(Object.keys(rowSchema.shape).map((name) => [name, true])) as {
  [K in keyof typeof rowSchema.shape]: true;
};

export type Task = z.infer<typeof rowSchema> & {
  /** Units per second since the start; null before the first unit. */
  readonly rate: number | null;
  /** Seconds to go at that rate; null when the total or the rate is unknown, or it is over. */
  readonly secondsLeft: number | null;
  /** Running on paper, but nobody has reported for a while. */
  readonly silent: boolean;
};

/** A row of `taskSelect` with what follows from it. */
export const taskOfRow = (raw: unknown): Task => {
  const row = rowSchema.parse(raw);
  const running = row.state === 'running';
  const until = row.finishedAt ?? row.heartbeatAt;
  const seconds = row.startedAt && until ? (until.getTime() - row.startedAt.getTime()) / 1000 : 0;
  const rate = seconds > 0 && row.done > 0 ? row.done / seconds : null;
  const secondsLeft =
    running && rate !== null && row.total !== null ? Math.max(0, (row.total - row.done) / rate) : null;
  const silent = running && Date.now() - (row.heartbeatAt?.getTime() ?? 0) > SILENT_MS;
  return { ...row, rate, secondsLeft, silent };
};

/** The newest 50 tasks of the viewer's project, those still under way first. */
export const listTasks = async (viewer: Viewer): Promise<Task[]> => {
  const open = await db.task.findMany({
    where: { state: { in: ['queued', 'running'] }, ...visibleTo(viewer) },
    orderBy: { createdAt: 'desc' },
    take: 50,
    select: taskSelect,
  });
  const closed = await db.task.findMany({
    where: { state: { notIn: ['queued', 'running'] }, ...visibleTo(viewer) },
    orderBy: { createdAt: 'desc' },
    take: 50 - open.length,
    select: taskSelect,
  });
  return [...open, ...closed].map(taskOfRow);
};

/** Throws `not_found` for foreign tasks too. */
export const getTask = async (viewer: Viewer, id: string): Promise<Task> => {
  const row = await db.task.findFirst({ where: { id, ...visibleTo(viewer) }, select: taskSelect });
  if (!row) throw new AppError('not_found', 'Task not found');
  return taskOfRow(row);
};
