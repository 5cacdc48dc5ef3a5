'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { resumeTask, stopTask } from '@/lib/actions/tasks';
import { isOpen, type Task } from '@/lib/domain/task';
import { taskKeys } from '@/lib/queries/tasks';
import { taskProgressText } from './task-text';

/** It ended before its work did: it can be resumed. */
export const isStopped = ({ state }: Task): boolean => state === 'failed' || state === 'cancelled';

type TaskItemProps = { readonly task: Task; readonly note?: ReactNode };

/** One task with its progress, what else there is to say of it, and cancel or resume. */
export const TaskItem = ({ task, note }: TaskItemProps) => {
  const client = useQueryClient();
  const [pending, start] = useTransition();
  const [error, setError] = useState<string>();
  const act = (run: typeof stopTask) =>
    start(async () => {
      const result = await run({ taskId: task.id });
      setError(result.ok ? undefined : result.error.message);
      await client.invalidateQueries({ queryKey: taskKeys.all });
    });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="break-words font-medium">{task.title}</div>
        {isOpen(task) && <Progress label={task.title} done={task.done} total={task.total} />}
        <div className={task.state === 'failed' ? 'break-words text-bad text-xs' : 'text-ink-2 text-xs'}>
          {task.state === 'failed' ? (task.error ?? 'It failed; the log says why') : taskProgressText(task)}
        </div>
        {note}
        {error && (
          <div role="alert" className="text-bad text-xs">
            {error}
          </div>
        )}
      </div>
      {isOpen(task) && (
        <Button disabled={pending || task.cancelRequested} onClick={() => act(stopTask)}>
          Cancel
        </Button>
      )}
      {isStopped(task) && (
        <Button disabled={pending} onClick={() => act(resumeTask)}>
          Resume
        </Button>
      )}
    </li>
  );
};
