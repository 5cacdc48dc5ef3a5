'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { z } from 'zod';
import { taskProgressText } from '@/components/tasks/task-text';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { resumeTask, stopTask } from '@/lib/actions/tasks';
import { isOpen, type Task } from '@/lib/domain/task';
import { formatCount } from '@/lib/domain/text/counted';
import { taskKeys, tasksQuery } from '@/lib/queries/tasks';
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
          <JudgeTask key={task.id} task={task} />
        ))}
      </ul>
    </Panel>
  );
};

const JudgeTask = ({ task }: { task: Task }) => {
  const client = useQueryClient();
  const [pending, start] = useTransition();
  const [error, setError] = useState<string>();
  const act = (run: typeof stopTask) =>
    start(async () => {
      const result = await run({ taskId: task.id });
      setError(result.ok ? undefined : result.error.message);
      await client.invalidateQueries({ queryKey: taskKeys.all });
    });
  const stopped = task.state === 'failed' || task.state === 'cancelled';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="break-words font-medium">{task.title}</div>
        {isOpen(task) && <Progress label={task.title} done={task.done} total={task.total} />}
        <div className={task.state === 'failed' ? 'break-words text-bad text-xs' : 'text-ink-2 text-xs'}>
          {task.state === 'failed' ? (task.error ?? 'It failed; the log says why') : taskProgressText(task)}
        </div>
        <div className="text-ink-2 text-xs tabular-nums empty:hidden">
          {isOpen(task) ? costText(task) : costText(task).replace(/ so far$/, '')}
        </div>
        {error && (
          <div role="alert" className="text-bad text-xs">
            {error}
          </div>
        )}
      </div>
      {(isOpen(task) || stopped) && (
        <Button
          disabled={pending || (isOpen(task) && task.cancelRequested)}
          onClick={() => act(stopped ? resumeTask : stopTask)}
        >
          {stopped ? 'Resume' : 'Cancel'}
        </Button>
      )}
    </li>
  );
};
