'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Progress } from '@/components/ui/progress';
import { useLiveUpdates } from '@/lib/queries/events';
import { isOpen, tasksQuery } from '@/lib/queries/tasks';
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
    <aside
      aria-label="Tasks under way"
      className="pointer-events-none fixed right-3 bottom-3 left-3 z-20 flex flex-col items-end gap-2 sm:left-auto"
    >
      {running.slice(0, MOST_SHOWN).map((task) => (
        <Link
          key={task.id}
          href="/imports#tasks"
          className="pointer-events-auto w-full rounded-lg border border-line bg-surface px-3 py-2 shadow-lg hover:border-line-strong sm:w-80"
        >
          <div className="truncate font-medium">{task.title}</div>
          <Progress label={task.title} done={task.done} total={task.total} />
          <div className="mt-1 truncate text-ink-2 text-xs">{taskProgressText(task)}</div>
        </Link>
      ))}
      {running.length > MOST_SHOWN && (
        <Link
          href="/imports#tasks"
          className="pointer-events-auto rounded bg-surface px-2 py-0.5 text-ink-2 text-xs hover:underline"
        >
          and {running.length - MOST_SHOWN} more
        </Link>
      )}
    </aside>
  );
};
