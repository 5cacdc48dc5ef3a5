'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { saveVersion } from '@/lib/actions/verifier';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import { thresholdNames } from '@/lib/domain/verifier/what-if/thresholds';
import type { Failure } from '@/lib/errors';
import { thresholdNotes, thresholdText } from './threshold-notes';
import type { ThresholdVersion } from './use-thresholds';
import { UseVersionStep } from './use-version-step';

/** What a version may read with: judges that decide, and tokenizers by what their file holds. */
export type ReadingParts = {
  readonly judges: readonly { readonly id: string; readonly name: string }[];
  readonly tokenizers: readonly { readonly sha256: string; readonly name: string }[];
};

type SaveVersionDialogProps = {
  onSaved: (version: ThresholdVersion) => void;
  base: ThresholdVersion;
  settings: VerifierSettings;
  run: ScoredRun;
  parts: ReadingParts;
  onClose: () => void;
};

const changesOf = (base: VerifierSettings, settings: VerifierSettings): string[] =>
  thresholdNames
    .filter((name) => base[name] !== settings[name])
    .map(
      (name) =>
        `${thresholdNotes[name].label} ${thresholdText(name, base[name])} → ${thresholdText(name, settings[name])}`,
    );

type FormProps = Omit<SaveVersionDialogProps, 'run'>;

const SaveForm = ({ base, settings, parts, onClose, onSaved }: FormProps) => {
  const changes = changesOf(base.settings, settings);
  const [name, setName] = useState(changes.length === 1 ? (changes[0] ?? '') : '');
  const [ngram, setNgram] = useState(String(settings.repetitionNgram));
  const [tokenizer, setTokenizer] = useState(settings.tokenizer ?? '');
  const [judgeId, setJudgeId] = useState(settings.judgeId ?? '');
  const [error, setError] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const parts = { repetitionNgram: Number(ngram), tokenizer: tokenizer || null, judgeId: judgeId || null };
      const wanted = { name, settings: { ...settings, ...parts } };
      const result = await saveVersion(wanted);
      if (result.ok) onSaved({ ...wanted, ...result.data });
      else setError(result.error);
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p>
        {changes.length === 0
          ? `All thresholds are those of version ${base.number}.`
          : `From version ${base.number}: ${changes.join('; ')}.`}
      </p>
      <Field label="Name" errors={error?.fields?.name}>
        {(control) => (
          <Input {...control} value={name} maxLength={100} required onChange={({ target }) => setName(target.value)} />
        )}
      </Field>
      <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
        <legend className="px-1 font-medium">What it reads with</legend>
        <p className="text-ink-2 text-xs">
          Another n-gram or tokenizer reads every rollout anew, another judge asks it about what rules leave open.
        </p>
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="Repetition n-gram" hint="tokens, 2 to 64" errors={error?.fields?.settings}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={2}
                max={64}
                step={1}
                required
                value={ngram}
                onChange={({ target }) => setNgram(target.value)}
              />
            )}
          </Field>
          <Field label="Tokenizer" hint="where the trainer did not count">
            {(control) => (
              <Select {...control} value={tokenizer} onChange={({ target }) => setTokenizer(target.value)}>
                <option value="">An estimate</option>
                {parts.tokenizers.map((each) => (
                  <option key={each.sha256} value={each.sha256}>
                    {each.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Judge" hint="decides where rules find nothing">
            {(control) => (
              <Select {...control} value={judgeId} onChange={({ target }) => setJudgeId(target.value)}>
                <option value="">None</option>
                {parts.judges.map((judge) => (
                  <option key={judge.id} value={judge.id}>
                    {judge.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </fieldset>
      {error && <Failed error={new Error(error.message)} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={pending}>
          Save version
        </Button>
      </div>
    </form>
  );
};

/** Saves the thresholds as a version, then offers it to the run in view. */
export const SaveVersionDialog = ({ onClose, onSaved, run, ...rest }: SaveVersionDialogProps) => {
  const router = useRouter();
  const [saved, setSaved] = useState<ThresholdVersion | null>(null);
  const close = () => {
    if (saved) {
      router.refresh(); // runs and versions are the page's
      onSaved(saved);
    }
    onClose();
  };
  return (
    <Dialog
      title={saved ? `Version ${saved.number} is saved` : 'Save as version'}
      open
      onOpenChange={(open) => !open && close()}
    >
      {saved ? (
        <UseVersionStep version={saved} run={run} onClose={close} />
      ) : (
        <SaveForm {...rest} onClose={onClose} onSaved={setSaved} />
      )}
    </Dialog>
  );
};
