'use client';
import { Select } from '@/components/ui/field';
import type { AskedSlice, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { formatSlice, parseSlice, type Slice, sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';
import type { ComparisonMove, SideName } from './comparison-state';

type SideHeadProps = {
  readonly side: SideName;
  readonly slice: SliceChains;
  readonly asked: readonly AskedSlice[];
  readonly move: (move: ComparisonMove) => void;
};

const titles: Readonly<Record<SideName, string>> = { left: 'Left', right: 'Right' };

/** The slices to choose from: those that were asked, and the one that is shown although it was not. */
const optionsOf = (asked: readonly AskedSlice[], shown: SliceChains): readonly (Slice & { runName: string })[] =>
  asked.some((slice) => formatSlice(slice) === formatSlice(shown)) ? asked : [...asked, shown];

/** Which slice stands on a side, and of several steps which one. It stays in view while its chains scroll. */
export const SideHead = ({ side, slice, asked, move }: SideHeadProps) => {
  const options = optionsOf(asked, slice);
  const runs = [...Map.groupBy(options, ({ runId }) => runId).values()];
  const group = slice.groups.find(({ id }) => id === slice.groupId);
  return (
    <header className="sticky top-0 z-10 flex min-w-0 flex-wrap items-center gap-2 border-line border-b bg-ground py-2">
      <span aria-hidden className="rounded bg-sunken px-1.5 font-medium text-ink-2 text-xs">
        {side === 'left' ? 'A' : 'B'}
      </span>
      <h2 className="sr-only">
        {titles[side]}: {sliceName(slice)}
      </h2>
      <Select
        aria-label={`${titles[side]} slice`}
        className="w-auto max-w-44 font-semibold"
        value={formatSlice(slice)}
        onChange={({ target }) => {
          const next = parseSlice(target.value);
          if (next) move({ type: 'show', side, slice: next });
        }}
      >
        {runs.map((ofRun) => (
          <optgroup key={ofRun[0]?.runId} label={ofRun[0]?.runName ?? ''}>
            {ofRun.map((one) => (
              <option key={formatSlice(one)} value={formatSlice(one)}>
                {sliceName(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      {slice.groups.length > 1 ? (
        <Select
          aria-label={`${titles[side]} step`}
          className="w-auto"
          value={slice.groupId ?? ''}
          onChange={({ target }) =>
            move({ type: 'group', side, id: target.value, others: slice.groups.map(({ id }) => id) })
          }
        >
          {slice.groups.map(({ id, step, rollouts }) => (
            <option key={id} value={id}>
              Step {step} · {counted(rollouts, 'chain')}
            </option>
          ))}
        </Select>
      ) : (
        group && (
          <span className="text-ink-2 tabular-nums">
            step {group.step} · {counted(group.rollouts, 'chain')}
          </span>
        )
      )}
    </header>
  );
};
