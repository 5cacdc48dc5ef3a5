import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson } from './fetch-json';

/** A task as it crosses HTTP: `lib/data/tasks/read.ts` with dates as ISO text. */
export const taskSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['import', 'probe', 'verify', 'propose']),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
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

export const isOpen = ({ state }: Task): boolean => state === 'queued' || state === 'running';

export const taskKeys = { all: ['tasks'] as const, list: () => [...taskKeys.all, 'list'] as const };

// Events bring most news; this finds a worker that died without a word, and stands in where events are cut off.
const OPEN_POLL_MS = 5_000;

/** The newest 50 tasks, open ones first. */
export const tasksQuery = () =>
  queryOptions<Task[]>({
    queryKey: taskKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/tasks', z.array(taskSchema), signal),
    refetchInterval: ({ state }) => (state.data?.some(isOpen) ? OPEN_POLL_MS : false),
  });
