'use client';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import { isOpen } from '@/lib/domain/task';
import { tasksQuery } from '@/lib/queries/tasks';
import { isStopped, TaskItem } from './task-item';

const MOST_STOPPED = 5;

/** The studio's own work: what is under way with cancel, and what stopped before its end with resume. */
export const TaskList = () => {
  const { data, error, refetch } = useQuery(tasksQuery());
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const shown = [...(data?.filter(isOpen) ?? []), ...(data?.filter(isStopped).slice(0, MOST_STOPPED) ?? [])];
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
