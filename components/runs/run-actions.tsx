'use client';
import { useQueryClient } from '@tanstack/react-query';
import { GitCompareArrows, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import { curriculumAddress } from '@/components/curriculum/curriculum-address';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { proposePairs } from '@/lib/actions/pairs';
import { verifyRun } from '@/lib/actions/runs';
import type { Iteration } from '@/lib/domain/run';
import type { Result } from '@/lib/errors';
import { taskKeys } from '@/lib/queries/tasks';

type RunActionsProps = {
  runId: string;
  /** Iterations with rollouts, oldest first; pairs are proposed for one at a time. */
  iterations: readonly Pick<Iteration, 'id' | 'k'>[];
};

/** What a person can set off for a run. Progress shows in the task bar, the outcome on this page. */
export const RunActions = ({ runId, iterations }: RunActionsProps) => {
  const client = useQueryClient();
  const [pending, start] = useTransition();
  const [answer, setAnswer] = useState<{ text: string; failed: boolean }>();
  const newest = iterations.at(-1);

  const act = (run: () => Promise<Result<unknown>>, queued: string) =>
    start(async () => {
      const result = await run();
      setAnswer(result.ok ? { text: queued, failed: false } : { text: result.error.message, failed: true });
      await client.invalidateQueries({ queryKey: taskKeys.all });
    });

  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <output className={cx('empty:hidden', answer?.failed ? 'text-bad' : 'text-ink-2')}>{answer?.text}</output>
      <Button asChild>
        <Link href={curriculumAddress(runId)}>Curriculum</Link>
      </Button>
      <Button disabled={pending} onClick={() => act(() => verifyRun({ runId }), 'Verification is queued')}>
        <RefreshCw aria-hidden className="size-4" />
        Verify again
      </Button>
      {newest && (
        <Button
          disabled={pending}
          title={`Looks for pairs in iteration ${newest.k}; pairs that are there stay as they are`}
          onClick={() => act(() => proposePairs({ iterationId: newest.id }), 'The proposal is queued')}
        >
          <GitCompareArrows aria-hidden className="size-4" />
          Propose pairs{iterations.length > 1 ? ` for iteration ${newest.k}` : ''}
        </Button>
      )}
    </div>
  );
};
