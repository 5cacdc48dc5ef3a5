'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { useVersion as moveToVersion, saveVersion } from '@/lib/actions/verifier';
import type { JudgeView } from '@/lib/domain/judge/judge';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';

export type JudgedRun = {
  readonly id: string;
  readonly name: string;
  readonly versionNumber: number;
  readonly settings: VerifierSettings;
};

type UseDialogProps = {
  judge: JudgeView;
  runs: readonly JudgedRun[];
  /** The run in view. */
  runId: string | null;
  onClose: () => void;
  onDone: (said: string) => Promise<unknown>;
};

/** Saves the settings of a run's version with this judge as a new version, and moves the run to it. */
export const UseDialog = ({ judge, runs, runId, onClose, onDone }: UseDialogProps) => {
  const [chosen, setChosen] = useState(runs.find(({ id }) => id === runId)?.id ?? runs[0]?.id);
  const [name, setName] = useState(`Judged by ${judge.name}`.slice(0, 100));
  const [repropose, setRepropose] = useState(true);
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const run = runs.find(({ id }) => id === chosen);
  const use = () =>
    start(async () => {
      if (!run) return;
      const saved = await saveVersion({ name, settings: { ...run.settings, judgeId: judge.id } });
      if (!saved.ok) return setError(saved.error.fields?.name?.[0] ?? saved.error.message);
      const moved = await moveToVersion({ runId: run.id, versionId: saved.data.id, repropose });
      if (!moved.ok) return setError(`Version ${saved.data.number} is saved. ${moved.error.message}`);
      await onDone(
        `${run.name} stands on version ${saved.data.number}; what its rules leave open goes to ${judge.name}.`,
      );
      onClose();
    });
  return (
    <Dialog title={`Let ${judge.name} decide`} open onOpenChange={(open) => !open && onClose()}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <p className="max-w-prose text-ink-2">
          A verifier version names the judge that decides where the rules find no conclusion. The run’s settings are
          saved with {judge.name} as a new version, and the run moves to it: what the rules decide stays, what they
          leave open is asked, and decided pairs are kept.
        </p>
        <Field label="Run">
          {(control) => (
            <Select {...control} value={chosen ?? ''} onChange={({ target }) => setChosen(target.value)}>
              {runs.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name} (version {one.versionNumber})
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name of the version">
          {(control) => (
            <Input {...control} value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
          )}
        </Field>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={repropose} onChange={({ target }) => setRepropose(target.checked)} />
          Propose pairs again afterwards, where there are some
        </label>
        {run?.settings.judgeId === judge.id && <p className="text-ink-2">{run.name} names this judge already.</p>}
        {error && <Failed error={new Error(error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={pending || !run || name.trim() === ''}>
            Save the version and use it
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
