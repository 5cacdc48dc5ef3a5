'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { addJudge, tryNewJudge } from '@/lib/actions/judges';
import type { JudgeTrial } from '@/lib/domain/judge/judge';
import type { Failure } from '@/lib/errors';
import { numberOf } from './judge-text';
import { EMPTY_MEANS, MeansFields, meansOf } from './means-fields';
import { TrialResult } from './trial-result';

const EMPTY = { ...EMPTY_MEANS, name: '', model: '', role: 'decides', temperature: '0', maxTokens: '1024' };
type Form = typeof EMPTY;

const registrationOf = (form: Form) => ({
  ...meansOf(form),
  name: form.name,
  model: form.model,
  heldOut: form.role === 'reports',
  temperature: numberOf(form.temperature),
  maxTokens: numberOf(form.maxTokens),
  key: form.key.trim() === '' ? null : form.key,
});

/** Adds a judge; `Test` sends it one tiny question first, without keeping anything. */
export const JudgeForm = ({ onDone }: { onDone: (said: string) => Promise<unknown> }) => {
  const [form, setForm] = useState(EMPTY);
  const [failure, setFailure] = useState<Failure>();
  const [trial, setTrial] = useState<JudgeTrial>();
  const [pending, start] = useTransition();
  const [testing, startTest] = useTransition();
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));

  const add = () =>
    start(async () => {
      const result = await addJudge(registrationOf(form));
      setFailure(result.ok ? undefined : result.error);
      if (!result.ok) return;
      await onDone(`Added ${form.name}.`);
    });
  const test = () =>
    startTest(async () => {
      setTrial(undefined);
      const result = await tryNewJudge(registrationOf({ ...form, name: form.name || 'unnamed' }));
      setFailure(result.ok ? undefined : result.error);
      if (result.ok) setTrial(result.data);
    });
  const incomplete = [form.model, form.url].some((value) => value.trim() === '');

  return (
    <form
      aria-label="Add a judge"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <Field label="Name" errors={failure?.fields?.name}>
          {(control) => (
            <Input
              {...control}
              value={form.name}
              maxLength={100}
              placeholder="qwen3-8b"
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field label="Model" hint="As its server names it." errors={failure?.fields?.model}>
          {(control) => (
            <Input
              {...control}
              value={form.model}
              spellCheck={false}
              placeholder="Qwen/Qwen3-8B"
              onChange={({ target }) => change({ model: target.value })}
            />
          )}
        </Field>
        <Field
          label="Role"
          hint="A judge that decides must not set its own exam: let another one report."
          errors={failure?.fields?.heldOut}
        >
          {(control) => (
            <Select {...control} value={form.role} onChange={({ target }) => change({ role: target.value })}>
              <option value="decides">decides what the rules leave open</option>
              <option value="reports">held out: only reports</option>
            </Select>
          )}
        </Field>
      </div>
      <MeansFields
        form={form}
        onChange={change}
        errors={failure?.fields}
        keyHint="It is sealed here and never shown again."
      />
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <Field label="Temperature" hint="0 gives the same answer again." errors={failure?.fields?.temperature}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={form.temperature}
              onChange={({ target }) => change({ temperature: target.value })}
            />
          )}
        </Field>
        <Field
          label="Tokens of an answer, at most"
          hint="A model that thinks first needs some thousands."
          errors={failure?.fields?.maxTokens}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={form.maxTokens}
              onChange={({ target }) => change({ maxTokens: target.value })}
            />
          )}
        </Field>
      </div>
      {failure && <Failed error={new Error(failure.message)} />}
      {trial && <TrialResult trial={trial} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={pending || incomplete || form.name.trim() === ''}>
          {pending ? 'Adding…' : 'Add judge'}
        </Button>
        <Button disabled={testing || incomplete} onClick={test}>
          {testing ? 'Asking it…' : 'Test'}
        </Button>
      </div>
    </form>
  );
};
