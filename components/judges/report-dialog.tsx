'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { askAboutRun } from '@/lib/actions/judges';
import { DEFAULT_SAMPLE } from '@/lib/domain/judge/job';
import type { JudgeView } from '@/lib/domain/judge/judge';
import { counted } from '@/lib/domain/text/counted';
import { limitOf, numberOf } from './judge-text';
import type { RunPlace } from './run-figures';

type ReportDialogProps = {
  judge: JudgeView;
  place: RunPlace;
  onClose: () => void;
  onDone: (said: string) => Promise<unknown>;
};

/** Asks a judge about a seeded sample of a run, decided and undetermined alike. */
export const ReportDialog = ({ judge, place, onClose, onDone }: ReportDialogProps) => {
  const [size, setSize] = useState(String(DEFAULT_SAMPLE));
  const [seed, setSeed] = useState('1');
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const where = place.k === null ? `each iteration of ${place.runName}` : `iteration ${place.k} of ${place.runName}`;
  const ask = () =>
    start(async () => {
      const scope = { kind: 'sample' as const, size: limitOf(size), seed: numberOf(seed) };
      const { runId, iterationId } = place;
      const result = await askAboutRun({ judgeId: judge.id, runId, iterationId, scope });
      if (!result.ok) {
        const isField = result.error.fields !== undefined;
        return setError(
          isField ? 'Give whole numbers: at least one rollout, and a seed of 0 or more.' : result.error.message,
        );
      }
      await onDone(`${judge.name} reports: ${counted(result.data, 'task')} queued.`);
      onClose();
    });
  return (
    <Dialog title={`Let ${judge.name} report`} open onOpenChange={(open) => !open && onClose()}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <p className="max-w-prose text-ink-2">
          It reads a sample of the verified rollouts of {where}, whoever decided them. Its word changes no verdict: what
          it disagrees with stands below as a number and as a list.
        </p>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Field label="Rollouts of an iteration" hint="Empty means all of them.">
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={size}
                placeholder="all"
                onChange={({ target }) => setSize(target.value)}
              />
            )}
          </Field>
          <Field label="Seed" hint="The same seed draws the same ones.">
            {(control) => (
              <Input {...control} inputMode="numeric" value={seed} onChange={({ target }) => setSeed(target.value)} />
            )}
          </Field>
        </div>
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={pending}>
            Report
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
