import 'server-only';
/** Putting tasks into the queue, in the transaction that makes them: neither is ever there without the other. */
import { randomUUID } from 'node:crypto';
import { fromPrisma } from 'pg-boss';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { type TaskKind, type TaskState, taskKindSchema } from '@/lib/domain/task';
import { AppError } from '@/lib/errors';
import type { Prisma } from '@/prisma/generated/client';
import { sendingBoss } from './boss';
import { queueNames } from './queue-names';

/** Queues an existing task. */
export const enqueueTask = async (tx: Transaction, kind: TaskKind, taskId: string): Promise<void> => {
  const boss = await sendingBoss();
  await boss.send(queueNames[kind], { taskId }, { db: fromPrisma(tx) });
};

export type NewTask = {
  readonly projectId: string;
  readonly kind: TaskKind;
  readonly title: string;
  readonly payload: Prisma.InputJsonObject;
  readonly unit: string;
  readonly createdBy: string;
};

/**
 * Makes a task and queues it. When one with the same kind and payload still waits to begin, that one is returned
 * instead: it will see everything this one would.
 */
export const createTask = async ({ projectId, kind, title, payload, unit, createdBy }: NewTask): Promise<string> => {
  const boss = await sendingBoss(); // opened outside, since its first opening makes tables
  const id = await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`veripo.task.${projectId}.${kind}`}))`;
    const waiting = await tx.task.findFirst({
      where: { projectId, kind, state: 'queued', cancelRequested: false, payload: { equals: payload } },
      select: { id: true },
    });
    if (waiting) return waiting.id;
    const task = { id: randomUUID(), projectId, kind, title, payload, unit, createdBy };
    await tx.task.create({ data: task });
    await boss.send(queueNames[kind], { taskId: task.id }, { db: fromPrisma(tx) });
    return task.id;
  });
  await notify({ projectId, topic: 'task', id });
  return id;
};

const over: readonly TaskState[] = ['failed', 'cancelled'];

/**
 * Runs a failed or cancelled task again; it continues from what it had committed.
 * Throws `not_found` for foreign tasks, `conflict` for those that are not over or came as a stream.
 */
export const retryTask = async (viewer: Viewer, taskId: string): Promise<void> => {
  const where = { id: taskId, ...visibleTo(viewer, engineers) };
  const task = await db.task.findFirst({ where, select: { projectId: true, kind: true, payload: true } });
  if (!task) throw new AppError('not_found', 'Task not found, or your role does not allow this');
  const kind = taskKindSchema.parse(task.kind);
  if (JSON.stringify(task.payload).includes('"kind":"stream"')) {
    throw new AppError('conflict', 'These rollouts came over HTTP: their sender can send them again');
  }
  await sendingBoss();
  await db.$transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where: { ...where, state: { in: [...over] } },
      data: { state: 'queued', cancelRequested: false, error: null, finishedAt: null },
    });
    if (count === 0) throw new AppError('conflict', 'This task did not fail and was not cancelled');
    await enqueueTask(tx, kind, taskId);
  });
  await notify({ projectId: task.projectId, topic: 'task', id: taskId });
};
