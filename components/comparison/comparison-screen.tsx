'use client';
import { SlicePicker } from '@/components/slices/slice-picker';
import { useSlices } from '@/components/slices/use-slices';
import type { Comparison } from '@/lib/domain/comparison/schema';
import { formatSlices } from '@/lib/domain/slices/narrow';
import { ComparisonBody } from './comparison-body';
import { Suggestions } from './suggestions';

type ComparisonScreenProps = {
  /** Newest first. */
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  /** What the server read for the first paint, and for which address. */
  readonly initial: { readonly address: string; readonly comparison: Comparison | undefined };
};

/** Chooses slices and holds them against the first one. */
export const ComparisonScreen = ({ runs, initial }: ComparisonScreenProps) => {
  const [{ slices, narrow }, setSlices] = useSlices();
  const address = formatSlices(slices, narrow).toString();
  return (
    <>
      <SlicePicker slices={slices} narrow={narrow} onChange={setSlices} runs={runs} baseline />
      {slices.length < 2 ? (
        <Suggestions runs={runs} chosen={slices} />
      ) : (
        <ComparisonBody
          key={address}
          asked={{ slices, narrow }}
          initial={address === initial.address ? initial.comparison : undefined}
        />
      )}
    </>
  );
};
