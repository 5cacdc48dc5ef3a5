import { expect, test } from 'vitest';
import type { Task } from '@/lib/domain/task';
import { taskProgressText } from './task-text';

const task = (over: Partial<Task>): Task => ({
  id: '00000000-0000-4000-8000-000000000000',
  kind: 'import',
  title: 'Import a.json',
  state: 'running',
  done: 1_200_000,
  total: 4_000_000,
  unit: 'bytes',
  cancelRequested: false,
  result: null,
  error: null,
  createdAt: '',
  startedAt: null,
  heartbeatAt: null,
  finishedAt: null,
  rate: 700_000,
  secondsLeft: 4,
  silent: false,
  ...over,
});

test.each([
  ['bytes with rate and time', {}, '1.2 MB of 4.0 MB, 700.0 KB/s, 0:04 left'],
  [
    'a count without a total',
    { unit: 'rollouts', done: 12_345, total: null, rate: null, secondsLeft: null },
    '12,345 rollouts',
  ],
  ['asked to stop', { rate: null, secondsLeft: null, cancelRequested: true }, '1.2 MB of 4.0 MB, stopping'],
  ['waiting', { state: 'queued' }, 'Waiting for the worker'],
  ['without a worker', { silent: true }, 'The worker is silent; another one will continue this'],
  ['over', { state: 'cancelled' }, 'cancelled'],
] as const)('%s', (_name, over, text) => {
  expect(taskProgressText(task(over))).toBe(text);
});
