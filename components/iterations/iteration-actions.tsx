'use client';
import { useQueryClient } from '@tanstack/react-query';
import { CircleStop, RotateCcw } from 'lucide-react';
import { useMemo, useState, useTransition } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { retryFrom, stopIteration } from '@/lib/actions/iterations';
import type { IterationView, RetryStage } from '@/lib/domain/iteration';
import { isMoving } from '@/lib/domain/loop/stages';
import type { Result } from '@/lib/errors';
import { iterationKeys } from '@/lib/queries/iterations';
import { retryText } from './retry-text';

/** What a person can do with an iteration: stop it while it moves, let it go on when it has stopped. */
export const IterationActions = ({ view }: { view: IterationView }) => {
  const client = useQueryClient();
  const [asks, setAsks] = useState<'cancel' | 'retry'>();
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const canCancel = (isMoving(view.state) || view.state === 'draft') && !view.cancelRequested;
  const { plan } = view;
  const canRetry = view.retryFrom.length > 0;
  useKeys(
    useMemo(
      (): readonly KeyBinding[] => [
        ...(canCancel ? [{ keys: ['c'], says: 'Cancel this iteration', run: () => setAsks('cancel') }] : []),
        ...(canRetry ? [{ keys: ['r'], says: 'Retry from a stage', run: () => setAsks('retry') }] : []),
      ],
      [canCancel, canRetry],
    ),
  );
  const act = (run: () => Promise<Result<null>>) =>
    start(async () => {
      const result = await run();
      setError(result.ok ? undefined : result.error.message);
      if (result.ok) setAsks(undefined);
      await client.invalidateQueries({ queryKey: iterationKeys.all });
    });
  const close = (open: boolean) => {
    if (open) return;
    setAsks(undefined);
    setError(undefined);
  };
  const problem = error && (
    <p role="alert" className="mt-3 text-bad">
      {error}
    </p>
  );
  return (
    <>
      {view.cancelRequested && isMoving(view.state) && <span className="text-ink-2">Cancelling…</span>}
      {canCancel && (
        <Button look="danger" onClick={() => setAsks('cancel')}>
          <CircleStop aria-hidden className="size-4" /> Cancel…
        </Button>
      )}
      {canRetry && (
        <Button look="primary" onClick={() => setAsks('retry')}>
          <RotateCcw aria-hidden className="size-4" /> Retry…
        </Button>
      )}
      <Dialog title={`Cancel iteration ${view.k}?`} open={asks === 'cancel'} onOpenChange={close}>
        <p>
          The job on the trainer is stopped after the step it is at. Rollouts, verdicts, pairs and checkpoints that are
          here stay, and the iteration can be retried from a stage later.
        </p>
        {problem}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => close(false)}>Let it go on</Button>
          <Button look="danger" disabled={pending} onClick={() => act(() => stopIteration({ iterationId: view.id }))}>
            Cancel the iteration
          </Button>
        </div>
      </Dialog>
      <Dialog title={`Retry iteration ${view.k}`} open={asks === 'retry'} onOpenChange={close}>
        <ul className="flex flex-col gap-2">
          {plan &&
            view.retryFrom
              .toReversed()
              .map((stage) => (
                <RetryItem
                  key={stage}
                  stage={stage}
                  says={retryText({ ...view, plan }, stage)}
                  disabled={pending}
                  onRetry={() => act(() => retryFrom({ iterationId: view.id, from: stage }))}
                />
              ))}
        </ul>
        {problem}
      </Dialog>
    </>
  );
};

const RetryItem = ({
  stage,
  says,
  disabled,
  onRetry,
}: {
  stage: RetryStage;
  says: string;
  disabled: boolean;
  onRetry: () => void;
}) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line p-3">
    <div className="min-w-0 flex-1 basis-60">
      <div className="font-medium">From {stage}</div>
      <p className="text-ink-2">{says}</p>
    </div>
    <Button disabled={disabled} onClick={onRetry}>
      Retry from {stage}
    </Button>
  </li>
);
