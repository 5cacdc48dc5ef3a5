'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Progress } from '@/components/ui/progress';
import { isOpen } from '@/lib/domain/task';
import { useLiveUpdates } from '@/lib/queries/events';
import { tasksQuery } from '@/lib/queries/tasks';
import { taskProgressText } from './task-text';

const MOST_SHOWN = 2;

/** What is under way, on every screen: its progress, and how to get to it. Also keeps the tab's stream of changes. */
export const TaskBar = () => {
  useLiveUpdates();
  const { data } = useQuery(tasksQuery());
  const open = data?.filter(isOpen) ?? [];
  if (open.length === 0) return null;
  const running = open.toSorted((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  return (
    <section aria-label="Tasks under way" className="flex flex-col gap-2 border-line border-t px-3 py-2">
      {running.slice(0, MOST_SHOWN).map((task) => (
        <Link key={task.id} href="/imports#tasks" className="flex flex-col gap-1 rounded hover:bg-sunken">
          <span className="truncate font-medium text-xs" title={task.title}>
            {task.title}
          </span>
          <Progress label={task.title} done={task.done} total={task.total} />
          <span className="text-ink-2 text-xs">{taskProgressText(task)}</span>
        </Link>
      ))}
      {running.length > MOST_SHOWN && (
        <Link href="/imports#tasks" className="text-ink-2 text-xs hover:underline">
          and {running.length - MOST_SHOWN} more
        </Link>
      )}
    </section>
  );
};
