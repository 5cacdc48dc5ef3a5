'use client';
import { useState } from 'react';
import { cx } from '@/components/ui/cx';
import { Field, Input } from '@/components/ui/field';
import type { Slice } from '@/lib/domain/slices/slice';
import { RunSlices } from './run-slices';

type Run = { readonly id: string; readonly name: string };

type SliceAddProps = {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly chosen: readonly Slice[];
  /** Why no more can be added; null where they can. */
  readonly full: string | null;
  readonly onChoose: (slices: readonly Slice[]) => void;
};

const matching = (runs: readonly Run[], search: string): readonly Run[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
};

/** First a run, found by its name, then its slices. */
export const SliceAdd = ({ runs, chosen, full, onChoose }: SliceAddProps) => {
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState(chosen.at(-1)?.runId ?? runs[0]?.id ?? null);
  const found = matching(runs, search);
  if (runs.length === 0) {
    return <p className="px-4 py-3 text-ink-2">There is no run yet: import rollouts or launch an iteration first.</p>;
  }
  return (
    <div className="grid gap-4 border-line border-t p-4 md:grid-cols-[16rem_1fr]">
      <div className="min-w-0">
        <Field label="Find a run">
          {(control) => (
            <Input
              {...control}
              type="search"
              value={search}
              placeholder="Part of its name"
              onChange={({ target }) => {
                setSearch(target.value);
                const [only] = matching(runs, target.value);
                if (only) setPicked(only.id);
              }}
            />
          )}
        </Field>
        <ul aria-label="Runs found" className="mt-2 max-h-56 overflow-y-auto rounded-md border border-line">
          {found.map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                aria-pressed={id === picked}
                onClick={() => setPicked(id)}
                className={cx(
                  'block w-full truncate px-2 py-1 text-left hover:bg-sunken',
                  id === picked && 'bg-accent-soft font-medium',
                )}
              >
                {name}
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1 text-ink-2">No run is called so.</li>}
        </ul>
      </div>
      <div className="min-w-0">
        {full !== null && <p className="mb-2 text-ink-2">{full}</p>}
        {picked !== null && <RunSlices runId={picked} chosen={chosen} full={full !== null} onChoose={onChoose} />}
      </div>
    </div>
  );
};
