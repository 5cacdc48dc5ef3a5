'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Failed } from '@/components/ui/states';
import { removeTrainer } from '@/lib/actions/trainers';
import type { TrainerView } from '@/lib/domain/trainer-view';

type ForgetDialogProps = { trainer: TrainerView; onClose: () => void; onDone: () => Promise<unknown> };

/** Says what forgetting a trainer takes away and what it leaves; then does it. */
export const ForgetDialog = ({ trainer, onClose, onDone }: ForgetDialogProps) => {
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const forget = () =>
    start(async () => {
      const result = await removeTrainer({ id: trainer.id });
      if (!result.ok) return setError(result.error.message);
      await onDone();
      onClose();
    });
  return (
    <Dialog title={`Forget ${trainer.name}?`} open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose">
          Its address and its token are deleted here. Rollouts, metrics and the lineage of its checkpoints stay. The
          weights stay on its disk, but iterations of this studio can no longer start from them, also not when it is
          registered again.
        </p>
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={pending} onClick={forget}>
            Forget it
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
