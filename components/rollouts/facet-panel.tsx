'use client';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import type { Facets } from '@/lib/domain/rollouts/facets';
import {
  facetNames,
  formatRolloutFilter,
  parseRolloutFilter,
  type RolloutFilter,
  withFacet,
} from '@/lib/domain/rollouts/filter';
import { FacetList } from './facet-list';

export type RunName = { readonly id: string; readonly name: string };

type FacetPanelProps = {
  filter: RolloutFilter;
  facets: Facets | undefined;
  runs: readonly RunName[];
  setNames: Readonly<Record<string, string>>;
  onChange: (filter: RolloutFilter) => void;
};

/** Facets that say nothing while there is only one value to choose. */
const needsChoice: ReadonlySet<string> = new Set(['iteration', 'stage', 'set', 'kind']);

/** Everything the list can be narrowed by. */
export const FacetPanel = ({ filter, facets, runs, setNames, onChange }: FacetPanelProps) => (
  <div className="flex flex-col">
    <RunPicker filter={filter} runs={runs} onChange={onChange} />
    <Ranges key={rangeKey(filter)} filter={filter} onChange={onChange} />
    {facetNames.map((name) => {
      const options = facets?.options[name] ?? [];
      const chosen = filter.facets[name];
      if (options.length < (needsChoice.has(name) ? 2 : 1) && chosen.length === 0) return null;
      return (
        <FacetList
          key={name}
          name={name}
          options={options}
          chosen={chosen}
          setNames={setNames}
          onChange={(values) => onChange(withFacet(filter, name, values))}
        />
      );
    })}
  </div>
);

const ALL_RUNS = '';

const RunPicker = ({ filter, runs, onChange }: Pick<FacetPanelProps, 'filter' | 'runs' | 'onChange'>) => {
  const id = useId();
  const several = filter.run.length > 1;
  return (
    <div className="border-line border-b pb-3">
      <label htmlFor={id} className="font-medium">
        Run
      </label>
      <Select
        id={id}
        value={several ? 'several' : (filter.run[0] ?? ALL_RUNS)}
        onChange={({ target }) => onChange({ ...filter, run: target.value === ALL_RUNS ? [] : [target.value] })}
      >
        <option value={ALL_RUNS}>All runs</option>
        {several && <option value="several">{filter.run.length} runs</option>}
        {runs.map((run) => (
          <option key={run.id} value={run.id}>
            {run.name}
          </option>
        ))}
      </Select>
    </div>
  );
};

/** Remounts the form when the filter was changed elsewhere (a chip, Back). */
const rangeKey = ({ rewardMin, rewardMax, lengthMin, lengthMax, text }: RolloutFilter): string =>
  JSON.stringify([rewardMin, rewardMax, lengthMin, lengthMax, text]);

const rangeNames = ['rewardMin', 'rewardMax', 'lengthMin', 'lengthMax', 'text'] as const;

const Ranges = ({ filter, onChange }: Pick<FacetPanelProps, 'filter' | 'onChange'>) => {
  const apply = (form: FormData) => {
    // Through the address's own parser, so that what is typed is held to what an address may hold.
    const params = formatRolloutFilter(filter);
    for (const name of rangeNames) {
      const value = form.get(name);
      if (typeof value === 'string') params.set(name, value);
    }
    onChange(parseRolloutFilter(params));
  };
  return (
    <form action={apply} className="flex flex-col gap-2 border-line border-b py-3">
      <Field label="Text of the response">
        {(control) => (
          <Input
            {...control}
            name="text"
            type="search"
            data-search
            defaultValue={filter.text ?? ''}
            placeholder="so the answer is"
          />
        )}
      </Field>
      <Range title="Reward" name="reward" step="0.05" min={filter.rewardMin} max={filter.rewardMax} />
      <Range title="Thinking, tokens" name="length" step="1" min={filter.lengthMin} max={filter.lengthMax} />
      <Button type="submit">Apply</Button>
    </form>
  );
};

type RangeProps = { title: string; name: 'reward' | 'length'; step: string; min: number | null; max: number | null };

const Range = ({ title, name, step, min, max }: RangeProps) => (
  <fieldset>
    <legend className="font-medium">{title}</legend>
    <div className="flex items-center gap-1">
      <Input
        name={`${name}Min`}
        type="number"
        min={0}
        step={step}
        defaultValue={min ?? ''}
        aria-label={`${title} from`}
      />
      <span aria-hidden>–</span>
      <Input
        name={`${name}Max`}
        type="number"
        min={0}
        step={step}
        defaultValue={max ?? ''}
        aria-label={`${title} to`}
      />
    </div>
  </fieldset>
);
