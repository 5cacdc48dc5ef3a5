import { facetTitles, facetValueText } from '@/components/rollouts/facet-text';
import { cx } from '@/components/ui/cx';
import {
  type LengthFacet,
  type LengthSelection,
  lengthFacets,
  lengthScales,
  lengthUnits,
} from '@/lib/domain/lengths/selection';
import { facetValues } from '@/lib/domain/rollouts/filter';
import { Choices } from './choices';

const unitNames = { tokens: 'Tokens', words: 'Words', sentences: 'Sentences' } as const;
const scaleNames = { linear: 'Linear', log: 'Log' } as const;

type LengthBarProps = {
  readonly selection: LengthSelection;
  readonly onChange: (change: Partial<LengthSelection>) => void;
};

type NarrowProps = LengthBarProps & { readonly name: 'correct' | 'consistency' };

const Narrow = ({ name, selection: { narrow }, onChange }: NarrowProps) => (
  <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
    <legend className="float-left mr-2 text-ink-2">{facetTitles[name]}</legend>
    {(facetValues[name] ?? []).map((value) => {
      const on = narrow[name].includes(value);
      const next = on
        ? narrow[name].filter((other) => other !== value)
        : (facetValues[name] ?? []).filter((other) => other === value || narrow[name].includes(other));
      return (
        <label
          key={value}
          className={cx(
            'flex cursor-pointer items-center gap-1.5 rounded-full border px-2.5 py-0.5',
            on ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken',
          )}
        >
          <input
            type="checkbox"
            checked={on}
            onChange={() => onChange({ narrow: { ...narrow, [name]: next } })}
            className="size-3.5 shrink-0 accent-accent"
          />
          {facetValueText(name, value, {})}
        </label>
      );
    })}
  </fieldset>
);

const facetOptions: readonly { value: LengthFacet | 'none'; name: string }[] = [
  { value: 'none', name: 'Overlaid' },
  ...lengthFacets.map((value) => ({ value, name: facetTitles[value] })),
];

/** In what lengths are counted, how they are drawn, and what narrows the rollouts further. */
export const LengthBar = ({ selection, onChange }: LengthBarProps) => (
  <section
    aria-label="How lengths are shown"
    className="flex flex-col gap-2.5 rounded-lg border border-line bg-surface px-4 py-2.5"
  >
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <Choices
        label="Counted in"
        letter="u"
        options={lengthUnits.map((value) => ({ value, name: unitNames[value] }))}
        value={selection.unit}
        onChange={(unit) => onChange({ unit })}
      />
      <Choices
        label="Scale"
        letter="l"
        options={lengthScales.map((value) => ({ value, name: scaleNames[value] }))}
        value={selection.scale}
        onChange={(scale) => onChange({ scale })}
      />
      <Choices
        label="Charts"
        options={facetOptions}
        value={selection.facet ?? 'none'}
        onChange={(facet) => onChange({ facet: facet === 'none' ? null : facet })}
      />
    </div>
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <Narrow name="correct" selection={selection} onChange={onChange} />
      <Narrow name="consistency" selection={selection} onChange={onChange} />
    </div>
  </section>
);
