'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Failed } from '@/components/ui/states';
import { updateJudge } from '@/lib/actions/judges';
import type { JudgeView } from '@/lib/domain/judge/judge';
import type { Failure } from '@/lib/errors';
import { type Means, MeansFields, meansOf } from './means-fields';

const formOf = (judge: JudgeView): Means => ({
  url: judge.url,
  key: '',
  concurrency: String(judge.concurrency),
  timeoutSeconds: String(judge.timeoutSeconds),
  usdPerMillionInput: String(judge.usdPerMillionInput),
  usdPerMillionOutput: String(judge.usdPerMillionOutput),
  tokenBudget: judge.tokenBudget === null ? '' : String(judge.tokenBudget),
  usdBudget: judge.usdBudget === null ? '' : String(judge.usdBudget),
});

type ChangeDialogProps = { judge: JudgeView; onClose: () => void; onDone: () => Promise<unknown> };

/** Changes how a judge is reached and what it may cost; what it says with stays. */
export const ChangeDialog = ({ judge, onClose, onDone }: ChangeDialogProps) => {
  const [form, setForm] = useState(() => formOf(judge));
  const [dropKey, setDropKey] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const key = dropKey ? { key: null } : form.key.trim() === '' ? {} : { key: form.key };
      const result = await updateJudge({ id: judge.id, ...meansOf(form), ...key });
      if (!result.ok) return setFailure(result.error);
      await onDone();
      onClose();
    });
  return (
    <Dialog title={`Change ${judge.name}`} open onOpenChange={(open) => !open && onClose()}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="text-ink-2">
          Model, prompt, temperature and role stay as they are: another model is another judge, with answers of its own.
        </p>
        <MeansFields
          form={form}
          onChange={(part) => setForm((now) => ({ ...now, ...part }))}
          errors={failure?.fields}
          keyHint={
            judge.hasKey
              ? 'Empty keeps the one that is sealed here; another server needs it again.'
              : 'It is sealed here and never shown again.'
          }
        />
        {judge.hasKey && (
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={dropKey} onChange={({ target }) => setDropKey(target.checked)} />
            Take its key away
          </label>
        )}
        {failure && <Failed error={new Error(failure.message)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={pending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
