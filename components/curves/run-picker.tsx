'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { Failed, Loading } from '@/components/ui/states';
import type { RunSummary } from '@/lib/domain/run';
import { counted } from '@/lib/domain/text/counted';
import { runsQuery } from '@/lib/queries/runs';

type RunPickerProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Runs that are drawn already. */
  readonly without: readonly string[];
  readonly onPick: (runId: string) => void;
};

/** Picks a run to lay over the curves: newest first, found by its name. */
export const RunPicker = ({ open, onOpenChange, without, onPick }: RunPickerProps) => (
  <Dialog title="Compare with another run" open={open} onOpenChange={onOpenChange}>
    <Choices
      without={without}
      onPick={(id) => {
        onPick(id);
        onOpenChange(false);
      }}
    />
  </Dialog>
);

const matching = (runs: readonly RunSummary[], search: string): readonly RunSummary[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
};

const Choices = ({ without, onPick }: Pick<RunPickerProps, 'without' | 'onPick'>) => {
  const { data, error, refetch } = useQuery(runsQuery());
  const [search, setSearch] = useState('');
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="runs" />;
  const others = data.filter(({ id }) => !without.includes(id));
  if (others.length === 0) return <p>There is no other run yet: launch one, or import its rollouts.</p>;
  const found = matching(others, search);
  return (
    <div className="flex flex-col gap-3">
      <Field label="Find a run">
        {(control) => (
          <Input
            {...control}
            type="search"
            value={search}
            placeholder="Part of its name"
            onChange={({ target }) => setSearch(target.value)}
          />
        )}
      </Field>
      <ul aria-label="Runs to compare with" className="max-h-80 overflow-y-auto rounded-md border border-line">
        {found.map(({ id, name, rollouts, createdAt }) => (
          <li key={id} className="border-line border-b last:border-b-0">
            <button
              type="button"
              onClick={() => onPick(id)}
              className="flex w-full items-baseline justify-between gap-3 px-2 py-1.5 text-left hover:bg-sunken"
            >
              <span className="min-w-0 truncate">{name}</span>
              <span className="shrink-0 text-ink-2 text-xs tabular-nums">
                {counted(rollouts, 'rollout')}, {createdAt.slice(0, 10)}
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="px-2 py-1.5 text-ink-2">No run is called so.</li>}
      </ul>
    </div>
  );
};
