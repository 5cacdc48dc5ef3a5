'use client';
import { Field, Select } from '@/components/ui/field';
import type { Asked } from '@/lib/domain/verifier/what-if/asked';
import type { ScoredRun } from '@/lib/domain/verifier/what-if/scored-run';
import type { ThresholdVersion } from './use-thresholds';

type ScopePickerProps = {
  asked: Asked;
  run: ScoredRun;
  runs: readonly ScoredRun[];
  versions: readonly ThresholdVersion[];
  onAsk: (asked: Asked) => void;
};

/** Which rollouts, and which version the thresholds are moved away from. */
export const ScopePicker = ({ asked, run, runs, versions, onAsk }: ScopePickerProps) => {
  const toRun = (id: string) => {
    const next = runs.find((each) => each.id === id);
    if (next) onAsk({ run: next.id, from: next.versionId });
  };
  const toIteration = (id: string) => {
    const { iteration: _, ...rest } = asked;
    onAsk(id === '' ? rest : { ...rest, iteration: id });
  };
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem_minmax(0,16rem)]">
      <Field label="Run">
        {(control) => (
          <Select {...control} value={asked.run} onChange={({ target }) => toRun(target.value)}>
            {runs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Iteration">
        {(control) => (
          <Select {...control} value={asked.iteration ?? ''} onChange={({ target }) => toIteration(target.value)}>
            <option value="">All of the run</option>
            {run.iterations.map(({ id, k }) => (
              <option key={id} value={id}>
                k = {k}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Saved version">
        {(control) => (
          <Select {...control} value={asked.from} onChange={({ target }) => onAsk({ ...asked, from: target.value })}>
            {versions.map(({ id, number, name }) => (
              <option key={id} value={id}>
                {number}: {name}
                {id === run.versionId ? ' (of this run)' : ''}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
};
