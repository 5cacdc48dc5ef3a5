'use client';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { TaskItem } from '@/components/tasks/task-item';
import { Panel } from '@/components/ui/panel';
import { isOpen, type Task } from '@/lib/domain/task';
import { formatCount } from '@/lib/domain/text/counted';
import { tasksQuery } from '@/lib/queries/tasks';
import { formatUsd } from './judge-text';

/** What a judge's task reports while it is under way, and when it ended. */
const costSchema = z.object({ judged: z.number(), cached: z.number(), tokens: z.number(), usd: z.number() });

const costText = (task: Task): string => {
  const cost = costSchema.safeParse(task.result).data;
  if (!cost) return '';
  const { judged, cached, tokens, usd } = cost;
  return `${formatCount(judged)} judged, ${formatCount(cached)} of them from the cache, ${formatCount(tokens)} tokens, ${formatUsd(usd)} so far`;
};

const MOST_ENDED = 4;

/** The work of judges: progress with its cost, and what ended a moment ago. */
export const JudgeTasks = () => {
  const { data = [] } = useQuery(tasksQuery());
  const own = data.filter(({ kind }) => kind === 'judge');
  const shown = [...own.filter(isOpen), ...own.filter((task) => !isOpen(task)).slice(0, MOST_ENDED)];
  if (shown.length === 0) return null;
  return (
    <Panel title="Work of judges" flush>
      <ul aria-label="Work of judges" className="divide-y divide-line">
        {shown.map((task) => (
          <TaskItem key={task.id} task={task} note={<CostNote task={task} />} />
        ))}
      </ul>
    </Panel>
  );
};

/** What it cost so far, or in all. */
const CostNote = ({ task }: { task: Task }) => (
  <div className="text-ink-2 text-xs tabular-nums empty:hidden">
    {isOpen(task) ? costText(task) : costText(task).replace(/ so far$/, '')}
  </div>
);
