import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { isOpen, type Task, taskSchema } from '@/lib/domain/task';
import { fetchJson } from './fetch-json';

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
