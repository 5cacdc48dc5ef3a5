'use client';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { verifyRun } from '@/lib/actions/runs';
import { taskKeys } from '@/lib/queries/tasks';

type Run = { readonly id: string; readonly name: string };

/** Runs whose verdicts are of rules that no longer read, and the way to read them again. */
export const OldRules = ({ runs, mayMove }: { runs: readonly Run[]; mayMove: boolean }) => (
  <ul aria-label="Runs on older rules" className="flex flex-col gap-2">
    {runs.map((run) => (
      <OldRun key={run.id} run={run} mayMove={mayMove} />
    ))}
  </ul>
);

const OldRun = ({ run, mayMove }: { run: Run; mayMove: boolean }) => {
  const client = useQueryClient();
  const [pending, start] = useTransition();
  const [says, setSays] = useState<{ readonly text: string; readonly failed: boolean }>();
  const read = () =>
    start(async () => {
      const result = await verifyRun({ runId: run.id });
      setSays(
        result.ok
          ? { text: 'It is queued; the tasks show how far it is.', failed: false }
          : { text: result.error.message, failed: true },
      );
      await client.invalidateQueries({ queryKey: taskKeys.all });
    });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-check-repetition-soft px-3 py-2">
      <span className="min-w-0 flex-1 basis-64">
        <Link href={`/runs/${run.id}`} className="break-words font-medium underline">
          {run.name}
        </Link>{' '}
        stands on older rules: its verdicts are kept, and new ones come from today’s.
        {says && <output className={says.failed ? 'block text-bad' : 'block text-ink-2'}>{says.text}</output>}
      </span>
      {mayMove && (
        <Button disabled={pending || says?.failed === false} onClick={read}>
          Read again with today’s rules
        </Button>
      )}
    </li>
  );
};
