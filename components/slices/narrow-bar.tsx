import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { type Kind, kinds } from '@/lib/domain/question';
import { type Narrow, wholeSlices } from '@/lib/domain/slices/narrow';
import { formatSlice, type Slice, type SliceSummary } from '@/lib/domain/slices/slice';

type Option<T extends string> = { readonly value: T; readonly name: string };

type ChoicesProps<T extends string> = {
  readonly title: string;
  readonly options: readonly Option<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (values: readonly T[]) => void;
};

const Choices = <T extends string>({ title, options, chosen, onChange }: ChoicesProps<T>) => (
  <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
    <legend className="float-left mr-2 text-ink-2">{title}</legend>
    {options.map(({ value, name }) => {
      const on = chosen.includes(value);
      return (
        <label
          key={value}
          className={cx(
            'flex max-w-64 cursor-pointer items-center gap-1.5 rounded-full border px-2.5 py-0.5',
            on ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken',
          )}
        >
          <input
            type="checkbox"
            checked={on}
            onChange={() => onChange(on ? chosen.filter((other) => other !== value) : [...chosen, value])}
            className="size-3.5 shrink-0 accent-accent"
          />
          <span className="truncate" title={name}>
            {name}
          </span>
        </label>
      );
    })}
  </fieldset>
);

type NarrowBarProps = {
  readonly summaries: readonly SliceSummary[];
  readonly slices: readonly Slice[];
  readonly narrow: Narrow;
  readonly onNarrow: (narrow: Narrow) => void;
};

/** Question sets and kinds that narrow all slices alike; shown where there is more than one to choose from. */
export const NarrowBar = ({ summaries, slices, narrow, onNarrow }: NarrowBarProps) => {
  const chosen = new Set(slices.map(formatSlice));
  const of = summaries.filter((summary) => chosen.has(formatSlice(summary)));
  const names = new Map(of.flatMap(({ sets }) => sets.map(({ id, name }) => [id, name] as const)));
  // A set that the address names and no slice has still stands here, so that it can be taken away.
  for (const id of narrow.set) if (!names.has(id)) names.set(id, 'a set of none of these');
  const sets = [...names].map(([value, name]) => ({ value, name })).toSorted((a, b) => a.name.localeCompare(b.name));
  const some = kinds.filter((kind) => narrow.kind.includes(kind) || of.some((slice) => slice.kinds.includes(kind)));
  const isNarrow = narrow.set.length + narrow.kind.length > 0;
  if (sets.length < 2 && some.length < 2 && !isNarrow) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-t px-4 py-2">
      {(sets.length > 1 || narrow.set.length > 0) && (
        <Choices
          title="Sets"
          options={sets}
          chosen={narrow.set}
          onChange={(set) => onNarrow({ ...narrow, set: set.toSorted() })}
        />
      )}
      {(some.length > 1 || narrow.kind.length > 0) && (
        <Choices<Kind>
          title="Kinds"
          options={some.map((kind) => ({ value: kind, name: kind }))}
          chosen={narrow.kind}
          onChange={(kind) => onNarrow({ ...narrow, kind: kinds.filter((one) => kind.includes(one)) })}
        />
      )}
      {isNarrow && (
        <Button look="quiet" onClick={() => onNarrow(wholeSlices)}>
          All sets and kinds
        </Button>
      )}
    </div>
  );
};
