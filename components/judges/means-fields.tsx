'use client';
import type { ReactNode } from 'react';
import { Field, Input } from '@/components/ui/field';
import { limitOf, numberOf } from './judge-text';

/** What may change of a judge, as it is typed. */
export const EMPTY_MEANS = {
  url: '',
  key: '',
  concurrency: '8',
  timeoutSeconds: '60',
  usdPerMillionInput: '0',
  usdPerMillionOutput: '0',
  tokenBudget: '',
  usdBudget: '',
};
export type Means = typeof EMPTY_MEANS;

/** The same as the server takes it; the key is its own matter. */
export const meansOf = (form: Means) => ({
  url: form.url.trim(),
  concurrency: numberOf(form.concurrency),
  timeoutSeconds: numberOf(form.timeoutSeconds),
  usdPerMillionInput: numberOf(form.usdPerMillionInput),
  usdPerMillionOutput: numberOf(form.usdPerMillionOutput),
  tokenBudget: limitOf(form.tokenBudget),
  usdBudget: limitOf(form.usdBudget),
});

type Errors = Record<string, string[] | undefined> | undefined;
type MeansFieldsProps = {
  form: Means;
  onChange: (change: Partial<Means>) => void;
  errors: Errors;
  keyHint: ReactNode;
};

/** Address, key, pace, prices and budgets. */
export const MeansFields = ({ form, onChange, errors, keyHint }: MeansFieldsProps) => {
  const text = (name: keyof Means, label: string, hint?: ReactNode, placeholder = '') => (
    <Field label={label} hint={hint} errors={errors?.[name]}>
      {(control) => (
        <Input
          {...control}
          value={form[name]}
          placeholder={placeholder}
          spellCheck={false}
          {...(name === 'key' ? { type: 'password', autoComplete: 'off' } : {})}
          {...(name === 'url' || name === 'key' ? {} : { inputMode: 'decimal' as const, className: 'tabular-nums' })}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
        {text('url', 'Address', 'Of the server; /v1 is added to an address without a path.', 'http://127.0.0.1:8000')}
        {text('key', 'Key (optional)', keyHint)}
      </div>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {text('concurrency', 'Requests at once', 'Over all its work on this machine.')}
        {text('timeoutSeconds', 'Timeout (seconds)', 'Of one request.')}
        {text('tokenBudget', 'Token budget (optional)', 'A hard stop; empty for no limit.', 'no limit')}
        {text('usdPerMillionInput', 'US dollars per million tokens in', '0 for a server of your own.')}
        {text('usdPerMillionOutput', 'US dollars per million tokens out', '0 for a server of your own.')}
        {text('usdBudget', 'Budget in US dollars (optional)', 'A hard stop; empty for no limit.', 'no limit')}
      </div>
    </>
  );
};
