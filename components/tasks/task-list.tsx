'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Failed } from '@/components/ui/states';
import { resumeTask, stopTask } from '@/lib/actions/tasks';
import { isOpen, type Task } from '@/lib/domain/task';
import { taskKeys, tasksQuery } from '@/lib/queries/tasks';
import { taskProgressText } from './task-text';

const stopped = ({ state }: Task): boolean => state === 'failed' || state === 'cancelled';

const TaskItem = ({ task }: { task: Task }) => {
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
      {stopped(task) && (
        <Button disabled={pending} onClick={() => act(resumeTask)}>
          Resume
        </Button>
      )}
    </li>
  );
};

const MOST_STOPPED = 5;

/** The studio's own work: what is under way with cancel, and what stopped before its end with resume. */
export const TaskList = () => {
  const { data, error, refetch } = useQuery(tasksQuery());
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const shown = [...(data?.filter(isOpen) ?? []), ...(data?.filter(stopped).slice(0, MOST_STOPPED) ?? [])];
  return (
    <Panel title="Work" id="tasks" flush>
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">Nothing is under way, and nothing stopped before its end.</p>
      ) : (
        <ul className="divide-y divide-line">
          {shown.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Panel>
  );
};
