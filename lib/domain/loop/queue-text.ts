/** Why a job has not begun, in words. */
import { formatCount } from '@/lib/domain/text/counted';
import type { JobStatus } from '@/lib/domain/trainer/answers';

const MAX_REASON = 500;

const placeText = (before: number | null): string => {
  if (before === null) return '';
  if (before === 0) return ' This job is the next to start.';
  return before === 1 ? ' One job starts before this one.' : ` ${formatCount(before)} jobs start before it.`;
};

/** The trainer's own reason and the place in its queue; null when the job does not wait, or is about to start. */
export const queueText = ({
  state,
  waitingFor,
  queuePosition,
}: Pick<JobStatus, 'state' | 'waitingFor' | 'queuePosition'>): string | null => {
  if (state !== 'queued' || (waitingFor === null && !queuePosition)) return null;
  return (
    (waitingFor ?? 'Other jobs are before it in the trainer’s queue.').slice(0, MAX_REASON) + placeText(queuePosition)
  );
};
