'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { proposePairs } from '@/lib/actions/pairs';
import { pairKeys } from '@/lib/queries/pairs';

/** Queues a proposal and closes; its progress shows on the screen and wherever tasks show. */
export const ProposeDialog = ({ iterationId, onClose }: { iterationId: string; onClose: () => void }) => {
  const client = useQueryClient();
  const [seed, setSeed] = useState('0');
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const propose = () =>
    start(async () => {
      const result = await proposePairs({ iterationId, seed });
      if (!result.ok) {
        setError(result.error.fields?.seed?.join('. ') ?? result.error.message);
        return;
      }
      await client.invalidateQueries({ queryKey: pairKeys.overview(iterationId) });
      onClose();
    });
  return (
    <Dialog title="Propose pairs" open onOpenChange={(open) => !open && onClose()}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          propose();
        }}
      >
        <p className="max-w-prose">
          The rules look at every question’s verified rollouts and propose what to prefer to what. Pairs that are here
          already stay as they are: proposing again adds only what is new, and takes back undecided pairs that their
          verdicts no longer carry.
        </p>
        <Field label="Seed" hint="The same seed and verdicts give the same pairs." className="max-w-40">
          {(control) => (
            <Input {...control} inputMode="numeric" value={seed} onChange={({ target }) => setSeed(target.value)} />
          )}
        </Field>
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={pending}>
            Propose
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
