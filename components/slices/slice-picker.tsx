'use client';
import { ArrowLeftRight, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice, MOST_SLICES, type Slice } from '@/lib/domain/slices/slice';
import { ChosenSlice } from './chosen-slice';
import { NarrowBar } from './narrow-bar';
import { SliceAdd } from './slice-add';
import { useSliceSummaries } from './use-slice-summaries';

type SlicePickerProps = {
  readonly slices: readonly Slice[];
  readonly narrow: Narrow;
  readonly onChange: (change: { slices?: readonly Slice[]; narrow?: Narrow }) => void;
  /** Runs to choose from, newest first. */
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  /** Whether the first slice is what the others are held against. */
  readonly baseline?: boolean;
  /** At most as many; `MOST_SLICES` when left out. */
  readonly most?: number;
};

const swapped = (slices: readonly Slice[], at: number, other: number): Slice[] => {
  const next = [...slices];
  const [a, b] = [slices[at], slices[other]];
  if (a && b) [next[at], next[other]] = [b, a];
  return next;
};

/** Chooses slices, in order, and what narrows them all. The page keeps the choice (`useSlices` in its address). */
export const SlicePicker = (props: SlicePickerProps) => {
  const { slices, narrow, onChange, runs, baseline = false, most = MOST_SLICES } = props;
  const [adding, setAdding] = useState(false);
  const { summaries, isPending, error } = useSliceSummaries(slices);
  const canSwap = slices.length > 1;
  const choose = useCallback((next: readonly Slice[]) => onChange({ slices: next.slice(0, most) }), [onChange, most]);
  const swap = useCallback(() => choose(swapped(slices, 0, 1)), [choose, slices]);
  const bindings = useMemo(
    () => [
      { keys: ['a'], says: 'Add slices', run: () => setAdding((open) => !open) },
      ...(canSwap ? [{ keys: ['x'], says: 'Swap the first two slices', run: swap }] : []),
    ],
    [canSwap, swap],
  );
  useKeys(bindings);
  const full = slices.length >= most;
  return (
    <Panel
      flush
      title="Slices"
      actions={
        <>
          {canSwap && (
            <Button look="quiet" onClick={swap}>
              <ArrowLeftRight aria-hidden className="size-4" />
              {baseline ? 'Swap baseline' : 'Swap first two'}
              <Key>x</Key>
            </Button>
          )}
          <Button aria-expanded={adding} onClick={() => setAdding(!adding)}>
            <Plus aria-hidden className="size-4" />
            Add slices
            <Key>a</Key>
          </Button>
        </>
      }
    >
      {error && (
        <div className="p-3">
          <Failed error={error} />
        </div>
      )}
      {slices.length > 0 && (
        <ol aria-label="Chosen slices" className="grid grid-cols-1 lg:grid-cols-2 2xl:grid-cols-3">
          {slices.map((slice, at) => (
            <ChosenSlice
              key={formatSlice(slice)}
              slice={slice}
              summary={summaries.get(formatSlice(slice))}
              isPending={isPending}
              place={{ at, of: slices.length, baseline }}
              onMove={(to) => choose(swapped(slices, at, to))}
              onFirst={() => choose([slice, ...slices.filter((other) => other !== slice)])}
              onRemove={() => choose(slices.filter((other) => other !== slice))}
            />
          ))}
        </ol>
      )}
      {(adding || slices.length === 0) && (
        <SliceAdd
          runs={runs}
          chosen={slices}
          full={full ? `${most} slices at most: more cannot be told apart.` : null}
          onChoose={choose}
        />
      )}
      {slices.length > 0 && (
        <NarrowBar
          summaries={[...summaries.values()]}
          slices={slices}
          narrow={narrow}
          onNarrow={(next) => onChange({ narrow: next })}
        />
      )}
    </Panel>
  );
};
