'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Failed, Loading, Skeleton } from '@/components/ui/states';
import { useVersion as moveToVersion } from '@/lib/actions/verifier';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { RunChange } from '@/lib/domain/verifier/what-if/run-change';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { taskKeys } from '@/lib/queries/tasks';
import { runChangeQuery } from '@/lib/queries/verifier';

type UseVersionStepProps = {
  version: { readonly id: string; readonly number: number };
  run: ScoredRun;
  onClose: () => void;
};

const rolloutsText = ({ reads, rollouts, flipped }: RunChange): string =>
  reads || flipped === null
    ? `Its ${counted(rollouts, 'rollout')} are read or judged anew; how many verdicts change shows when that is done.`
    : `${formatCount(flipped)} of its ${counted(rollouts, 'rollout')} would stand otherwise. No text is read again.`;

const pairsText = ({ pairs, stale }: RunChange): string => {
  if (pairs === 0) return 'It has no pairs yet.';
  if (stale === null)
    return `Its ${counted(pairs, 'pair')} stay; those whose verdicts no longer carry them are marked stale.`;
  return (
    `Of its ${counted(pairs, 'pair')}, ${formatCount(stale.decided)} that people decided would be marked stale and kept, ` +
    `and ${formatCount(stale.undecided)} undecided would no longer hold.`
  );
};

const Changes = ({ change }: { change: RunChange }) => (
  <ul className="list-disc pl-5">
    <li>{rolloutsText(change)}</li>
    <li>{pairsText(change)}</li>
  </ul>
);

/** Offers a version to a run, with what will happen in numbers. */
export const UseVersionStep = ({ version, run, onClose }: UseVersionStepProps) => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(runChangeQuery(run.id, version.id));
  const [repropose, setRepropose] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const stands = run.versionId === version.id;
  const use = () =>
    start(async () => {
      const result = await moveToVersion({ runId: run.id, versionId: version.id, repropose });
      if (!result.ok) {
        setFailure(result.error.message);
        return;
      }
      await client.invalidateQueries({ queryKey: taskKeys.all });
      onClose();
    });
  if (stands) {
    return (
      <div className="flex flex-col gap-4">
        <p>
          These are the settings of version {version.number}, which the run {run.name} stands on already.
        </p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p>
        Saving has changed no run yet. Use version {version.number} for{' '}
        <strong className="break-words">{run.name}</strong>?
      </p>
      <div className="min-h-16">
        {error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <Changes change={data} />
        ) : (
          <Loading what="what would change">
            <Skeleton className="h-16 w-full" />
          </Loading>
        )}
      </div>
      {(data?.pairs ?? 0) > 0 && (
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={repropose} onChange={({ target }) => setRepropose(target.checked)} />
          Propose its pairs again
        </label>
      )}
      {failure && <Failed error={new Error(failure)} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button look="primary" disabled={pending} onClick={use}>
          Use for this run
        </Button>
      </div>
    </div>
  );
};
