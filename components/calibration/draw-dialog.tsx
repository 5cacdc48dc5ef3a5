'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { drawSample } from '@/lib/actions/calibration';
import { type LabelCheck, labelChecks } from '@/lib/domain/calibration/label';
import { SAMPLE_SIZE } from '@/lib/domain/calibration/sample';
import type { Failure } from '@/lib/errors';
import { calibrationKeys } from '@/lib/queries/calibration';
import { checkQuestions, checkTitles } from './words';

export type DrawScope = {
  readonly runId: string;
  readonly runName: string;
  readonly iterations: readonly { readonly id: string; readonly k: number }[];
};

/** Draws a sample and goes to label it. */
export const DrawDialog = ({ scopes, onClose }: { scopes: readonly DrawScope[]; onClose: () => void }) => {
  const client = useQueryClient();
  const router = useRouter();
  const [runId, setRunId] = useState(scopes[0]?.runId ?? '');
  const [iterationId, setIterationId] = useState('');
  const [size, setSize] = useState(String(SAMPLE_SIZE));
  const [seed, setSeed] = useState('0');
  const [checks, setChecks] = useState<readonly LabelCheck[]>(labelChecks);
  const [error, setError] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  const scope = scopes.find((one) => one.runId === runId);
  const toggle = (check: LabelCheck): void =>
    setChecks((was) => labelChecks.filter((one) => (one === check ? !was.includes(one) : was.includes(one))));
  const draw = () =>
    start(async () => {
      const result = await drawSample({ runId, iterationId: iterationId || null, size, checks: [...checks], seed });
      if (!result.ok) {
        setError(result.error);
        return;
      }
      await client.invalidateQueries({ queryKey: calibrationKeys.samples });
      router.push(`/verifier/calibration/${result.data}`);
    });
  return (
    <Dialog title="Draw a sample" open onOpenChange={(open) => !open && onClose()}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          draw();
        }}
      >
        <p className="max-w-prose">
          Verified rollouts are drawn by strata: equal parts of what the verifier calls consistent, inconsistent and
          undetermined, and within each something of every kind, right and wrong. The verdicts stay hidden until you
          have labelled.
        </p>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Run">
            {(control) => (
              <Select
                {...control}
                value={runId}
                onChange={({ target }) => {
                  setRunId(target.value);
                  setIterationId('');
                }}
              >
                {scopes.map((one) => (
                  <option key={one.runId} value={one.runId}>
                    {one.runName}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Iteration">
            {(control) => (
              <Select {...control} value={iterationId} onChange={({ target }) => setIterationId(target.value)}>
                <option value="">All</option>
                {scope?.iterations.map(({ id, k }) => (
                  <option key={id} value={id}>
                    Iteration {k}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="Items"
            hint="40 take about half an hour and tell a good verifier from a poor one; 200 give narrow intervals."
            errors={error?.fields?.size}
          >
            {(control) => (
              <Input {...control} inputMode="numeric" value={size} onChange={({ target }) => setSize(target.value)} />
            )}
          </Field>
          <Field label="Seed" hint="The same seed and verdicts draw the same items." errors={error?.fields?.seed}>
            {(control) => (
              <Input {...control} inputMode="numeric" value={seed} onChange={({ target }) => setSeed(target.value)} />
            )}
          </Field>
        </div>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium">Ask about</legend>
          {labelChecks.map((check) => (
            <label key={check} className="flex items-center gap-2">
              <input type="checkbox" checked={checks.includes(check)} onChange={() => toggle(check)} />
              {checkTitles[check]} <span className="text-ink-2">{checkQuestions[check]}</span>
            </label>
          ))}
          {error?.fields?.checks && <p className="text-bad text-xs">{error.fields.checks.join('. ')}</p>}
        </fieldset>
        {error && <Failed error={new Error(error.message)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={pending || runId === ''}>
            Draw
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
