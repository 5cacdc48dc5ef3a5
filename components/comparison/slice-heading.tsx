import Link from 'next/link';
import { Glyph } from '@/components/charts/glyph';
import { sliceLooks } from '@/components/charts/look';
import type { ComparedSlice } from '@/lib/domain/comparison/schema';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice, sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';
import { sliceRollouts } from './comparison-links';

type SliceHeadingProps = {
  readonly slice: ComparedSlice;
  readonly slices: readonly ComparedSlice[];
  readonly narrow: Narrow;
};

/** A slice as the head of its column: its shape and colour in the charts, its name, its run. */
export const SliceHeading = ({ slice, slices, narrow }: SliceHeadingProps) => {
  const look = sliceLooks(slices).get(formatSlice(slice));
  const isBaseline = slices[0] === slice;
  return (
    <div className="flex min-w-0 flex-col items-end">
      <span className="flex items-center gap-1.5 font-semibold text-ink text-sm">
        {look && (
          <svg aria-hidden viewBox="0 0 12 12" className="size-3 shrink-0">
            <Glyph look={look} x={6} y={6} big />
          </svg>
        )}
        {sliceName(slice)}
        {isBaseline && <span className="rounded bg-accent-soft px-1 font-normal text-xs">baseline</span>}
      </span>
      <span className="max-w-44 truncate font-normal" title={slice.runName}>
        {slice.runName}
      </span>
      <Link href={sliceRollouts(slice, narrow)} className="font-normal tabular-nums hover:text-accent hover:underline">
        {counted(slice.rollouts, 'rollout')}
      </Link>
    </div>
  );
};
