'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { SlicePicker } from '@/components/slices/slice-picker';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty } from '@/components/ui/states';
import { type LengthSelection, lengthUnits } from '@/lib/domain/lengths/selection';
import type { SliceSummary } from '@/lib/domain/slices/slice';
import { DistributionPanels } from './distribution-panels';
import { ExtremesPanel } from './extremes-panel';
import { FiguresPanel } from './figures-panel';
import { LengthBar } from './length-bar';
import { PairPanel } from './pair-panel';
import { StepPanel } from './step-panel';
import { useLengthSelection } from './use-length-selection';

type LengthsViewProps = {
  runId: string;
  /** Of the run, as the server knew them for the first paint. */
  initialSlices: readonly SliceSummary[];
  runs: readonly { readonly id: string; readonly name: string }[];
};

const useLengthKeys = ({ unit, scale }: LengthSelection, change: (part: Partial<LengthSelection>) => void): void => {
  const bindings = useMemo((): readonly KeyBinding[] => {
    const next = lengthUnits[(lengthUnits.indexOf(unit) + 1) % lengthUnits.length] ?? 'tokens';
    return [
      { keys: ['u'], says: `Count in ${next}`, run: () => change({ unit: next }) },
      {
        keys: ['l'],
        says: scale === 'log' ? 'Linear scale' : 'Log scale',
        run: () => change({ scale: scale === 'log' ? 'linear' : 'log' }),
      },
    ];
  }, [unit, scale, change]);
  useKeys(bindings);
};

/** How long rollouts think: the distribution, where longer helps, whether longer wins, and what lies at the ends. */
export const LengthsView = ({ runId, initialSlices, runs }: LengthsViewProps) => {
  const [selection, change] = useLengthSelection(initialSlices);
  useLengthKeys(selection, change);
  if (selection.slices.length === 0) {
    return (
      <Panel>
        <Empty
          title="This run has no rollouts yet"
          action={
            <Button asChild>
              <Link href={`/runs/${runId}`}>Back to the run</Link>
            </Button>
          }
        >
          Lengths appear with the first step of an iteration, or with the first imported file.
        </Empty>
      </Panel>
    );
  }
  return (
    <>
      <SlicePicker
        slices={selection.slices}
        narrow={selection.narrow}
        runs={runs}
        onChange={({ slices, narrow }) =>
          change({
            slices: slices ?? selection.slices,
            ...(narrow && { narrow: { ...selection.narrow, ...narrow } }),
          })
        }
      />
      <LengthBar selection={selection} onChange={change} />
      <DistributionPanels selection={selection} />
      {/* An evaluation is of one step. */}
      {selection.slices.some(({ stage }) => stage !== 'eval') && <StepPanel selection={selection} />}
      <FiguresPanel selection={selection} />
      <PairPanel selection={selection} />
      <ExtremesPanel selection={selection} />
    </>
  );
};
