'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { type Check, consistencies, lengthClasses } from '@/lib/domain/verdict';
import { correctionSchema, type OutcomeValue } from '@/lib/domain/verdict-correction';
import { valueText } from './outcome';
import type { CorrectionAct } from './use-corrections';

const choices: Record<Check, readonly (boolean | string)[]> = {
  format: [true, false],
  accuracy: [true, false],
  consistency: consistencies,
  repetition: [false, true],
  length: lengthClasses,
};

type CorrectionFormProps = {
  check: Check;
  current: OutcomeValue;
  /** Taking a correction back instead of making one. */
  withdraw: boolean;
  onAct: (act: CorrectionAct) => void;
  onClose: () => void;
};

/** What the check should have said, and why: a correction without a reason helps nobody later. */
export const CorrectionForm = ({ check, current, withdraw, onAct, onClose }: CorrectionFormProps) => {
  const values = choices[check];
  const [value, setValue] = useState(values.find((other) => other !== current) ?? values[0]);
  const [reason, setReason] = useState('');
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const correction = withdraw ? { check, value: null } : correctionSchema.parse({ check, value });
    onAct({ correction, reason });
    onClose();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 rounded-md bg-sunken p-2.5">
      {!withdraw && (
        <Field label="It should say">
          {(control) => (
            <Select
              {...control}
              value={String(value)}
              onChange={({ target }) => setValue(values.find((other) => String(other) === target.value) ?? value)}
            >
              {values.map((one) => (
                <option key={String(one)} value={String(one)}>
                  {valueText(check, one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={withdraw ? 'Why the correction is withdrawn' : 'Why'}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={2000}
            value={reason}
            autoFocus
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={reason.trim() === ''}>
          {withdraw ? 'Withdraw' : 'Correct'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
};
