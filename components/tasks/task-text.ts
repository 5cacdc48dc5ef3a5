/** How a task's progress reads. */
import { formatBytes, formatClock } from '@/components/ui/number';
import { isOpen, type Task } from '@/lib/domain/task';
import { formatCount } from '@/lib/domain/text/counted';

const amount = (value: number, unit: string): string =>
  unit === 'bytes' ? formatBytes(value) : `${formatCount(Math.round(value))} ${unit}`;

/** `1.2 MB of 4 MB, 3.1 MB/s, 0:12 left`; one sentence for the states that have no progress. */
export const taskProgressText = (task: Task): string => {
  if (task.state === 'queued') return 'Waiting for the worker';
  if (task.silent) return 'The worker is silent; another one will continue this';
  if (!isOpen(task)) return task.state;
  const { done, total, unit, rate, secondsLeft } = task;
  const parts = [total === null ? amount(done, unit) : `${amount(done, unit)} of ${amount(total, unit)}`];
  if (rate !== null) parts.push(`${unit === 'bytes' ? formatBytes(rate) : formatCount(Math.round(rate))}/s`);
  if (secondsLeft !== null) parts.push(`${formatClock(secondsLeft)} left`);
  if (task.cancelRequested) parts.push('stopping');
  return parts.join(', ');
};
