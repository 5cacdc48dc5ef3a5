'use client';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/components/ui/cx';
import type { FacetOption } from '@/lib/domain/rollouts/facets';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { formatCount } from '@/lib/domain/text/counted';
import { facetTitles, facetValueText } from './facet-text';

type FacetListProps = {
  name: FacetName;
  options: readonly FacetOption[];
  chosen: readonly string[];
  setNames: Readonly<Record<string, string>>;
  onChange: (values: readonly string[]) => void;
};

const FOLDED = 8;

/** One facet: its values with what choosing each would show. Several may be chosen. */
export const FacetList = ({ name, options, chosen, setNames, onChange }: FacetListProps) => {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const shown = all ? options : options.filter(({ value }, at) => at < FOLDED || chosen.includes(value));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <fieldset className="border-line border-b py-2">
      <legend className="float-left w-full">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-center justify-between py-0.5 font-medium"
        >
          {facetTitles[name]}
          <ChevronDown aria-hidden className={cx('size-3.5 text-ink-3', !open && '-rotate-90')} />
        </button>
      </legend>
      {open && (
        <ul className="clear-both">
          {shown.map(({ value, count }) => (
            <li key={value}>
              <label
                className={cx(
                  'flex min-h-6 cursor-pointer items-center gap-2 rounded px-1 hover:bg-sunken',
                  count === 0 && !chosen.includes(value) && 'text-ink-3',
                )}
              >
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={() => toggle(value)}
                  className="size-3.5 accent-accent"
                />
                <span className="min-w-0 flex-1 truncate">{facetValueText(name, value, setNames)}</span>
                <span className="text-ink-3 text-xs tabular-nums">{formatCount(count)}</span>
              </label>
            </li>
          ))}
          {options.length > shown.length && (
            <li>
              <button type="button" onClick={() => setAll(true)} className="px-1 text-accent text-xs hover:underline">
                Show all {formatCount(options.length)}
              </button>
            </li>
          )}
        </ul>
      )}
    </fieldset>
  );
};
