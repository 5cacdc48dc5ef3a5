'use client';
import { X } from 'lucide-react';
import { Select } from '@/components/ui/field';
import { type AskedSlice, MOST_COMPARED, type SliceChains } from '@/lib/domain/question-comparison/comparison';
import { formatSlice, parseSlice } from '@/lib/domain/slices/slice';
import type { ComparisonMove } from './comparison-state';
import { nameAmong } from './slice-words';

type SliceChipsProps = {
  readonly slices: readonly SliceChains[];
  readonly asked: readonly AskedSlice[];
  readonly left: number;
  readonly right: number;
  readonly move: (move: ComparisonMove) => void;
};

/** The slices in the distributions, those beyond the two side by side to take away, and others to add. */
export const SliceChips = ({ slices, asked, left, right, move }: SliceChipsProps) => {
  const shown = new Set(slices.map(formatSlice));
  const others = asked.filter((slice) => !shown.has(formatSlice(slice)));
  if (slices.length < 3 && others.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs">
      <span className="text-ink-2">In the distributions:</span>
      {slices.map((slice, at) => {
        const name = nameAmong(slice, slices);
        const sides = [...(at === left ? ['A'] : []), ...(at === right ? ['B'] : [])];
        return (
          <span
            key={formatSlice(slice)}
            className="inline-flex h-6 max-w-56 items-center gap-1 rounded-full border border-line bg-surface pr-1 pl-2.5"
          >
            <span className="truncate">{name}</span>
            {sides.length > 0 ? (
              <span className="px-1 font-medium text-ink-2">{sides.join(' ')}</span>
            ) : (
              <button
                type="button"
                aria-label={`Take ${name} out`}
                onClick={() => move({ type: 'drop', slice })}
                className="rounded-full p-0.5 text-ink-2 hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            )}
          </span>
        );
      })}
      {others.length > 0 && slices.length < MOST_COMPARED && (
        <Select
          aria-label="Add a slice to the distributions"
          className="h-6 w-auto text-xs"
          value=""
          onChange={({ target }) => {
            const slice = parseSlice(target.value);
            if (slice) move({ type: 'add', slice });
          }}
        >
          <option value="">Add…</option>
          {others.map((slice) => (
            <option key={formatSlice(slice)} value={formatSlice(slice)}>
              {nameAmong(slice, asked)}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
};
