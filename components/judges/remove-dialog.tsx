'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Failed } from '@/components/ui/states';
import { forgetJudge } from '@/lib/actions/judges';
import type { JudgeView } from '@/lib/domain/judge/judge';

type RemoveDialogProps = { judge: JudgeView; onClose: () => void; onDone: () => Promise<unknown> };

/** Says what goes with a judge; then removes it. */
export const RemoveDialog = ({ judge, onClose, onDone }: RemoveDialogProps) => {
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const remove = () =>
    start(async () => {
      const result = await forgetJudge({ id: judge.id });
      if (!result.ok) return setError(result.error.message);
      await onDone();
      onClose();
    });
  return (
    <Dialog title={`Remove ${judge.name}?`} open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose">
          Its address, its key, its answers and its judgements are deleted here. What it was paid for is lost with them:
          added again, it is asked again. A judge that a version names cannot be removed.
        </p>
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={pending} onClick={remove}>
            Remove it
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
