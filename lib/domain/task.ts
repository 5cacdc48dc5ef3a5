/** Tasks: the studio's own long work, as it crosses HTTP. */
import { z } from 'zod';

export const taskKinds = ['import', 'probe', 'verify', 'propose', 'judge', 'count'] as const;
export const taskKindSchema = z.enum(taskKinds);
export type TaskKind = z.infer<typeof taskKindSchema>;

export const taskStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const taskStateSchema = z.enum(taskStates);
export type TaskState = z.infer<typeof taskStateSchema>;

export const taskSchema = z.object({
  id: z.uuid(),
  kind: taskKindSchema,
  title: z.string(),
  state: taskStateSchema,
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  cancelRequested: z.boolean(),
  result: z.unknown(),
  error: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  heartbeatAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Units per second. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Running on paper, but nobody has reported for a while. */
  silent: z.boolean(),
});
export type Task = z.infer<typeof taskSchema>;

/** Waits or runs. */
export const isOpen = ({ state }: Task): boolean => state === 'queued' || state === 'running';
