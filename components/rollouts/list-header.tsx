'use client';
import { SlidersHorizontal, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Dialog } from '@/components/ui/dialog';
import { Select } from '@/components/ui/field';
import { emptyFilter, type RolloutListState, type RolloutSort, rolloutSorts } from '@/lib/domain/rollouts/filter';
import { type Chip, sortTexts } from './facet-text';

type ListHeaderProps = {
  state: RolloutListState;
  chips: readonly Chip[];
  onChange: (state: RolloutListState) => void;
  /** The facets, for the drawer of narrow screens. */
  panel: React.ReactNode;
};

const groupSorts: readonly RolloutSort[] = ['newest', 'oldest'];

/** Layout, order, and what the list is narrowed by at the moment. */
export const ListHeader = ({ state, chips, onChange, panel }: ListHeaderProps) => {
  const [drawer, setDrawer] = useState(false);
  const sorts = state.view === 'grouped' ? groupSorts : rolloutSorts;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button className="lg:hidden" onClick={() => setDrawer(true)}>
          <SlidersHorizontal aria-hidden className="size-4" /> Filters
          {chips.length > 0 && <span className="text-accent">{chips.length}</span>}
        </Button>
        <Dialog title="Filters" open={drawer} onOpenChange={setDrawer}>
          {panel}
        </Dialog>
        <fieldset className="flex rounded-md border border-line bg-surface p-0.5">
          <legend className="sr-only">Layout</legend>
          {(['grouped', 'flat'] as const).map((view) => (
            <button
              key={view}
              type="button"
              aria-pressed={state.view === view}
              onClick={() =>
                onChange({ ...state, view, sort: groupSorts.includes(state.sort) ? state.sort : 'newest' })
              }
              className={cx(
                'h-6.5 rounded px-2.5',
                state.view === view ? 'bg-accent-soft font-medium' : 'text-ink-2 hover:bg-sunken',
              )}
            >
              {view === 'grouped' ? 'By question' : 'One by one'}
            </button>
          ))}
        </fieldset>
        <Select
          aria-label="Order"
          className="w-52"
          value={state.sort}
          onChange={({ target }) => {
            const sort = sorts.find((known) => known === target.value);
            if (sort) onChange({ ...state, sort });
          }}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortTexts[sort]}
            </option>
          ))}
        </Select>
      </div>
      {chips.length > 0 && (
        <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
          {chips.map(({ id, text, without }) => (
            <li
              key={id}
              className="flex max-w-full items-center gap-1 rounded-full border border-line bg-surface py-0.5 pr-1 pl-2.5 text-xs"
            >
              <span className="truncate">{text}</span>
              <button
                type="button"
                aria-label={`Remove ${text}`}
                onClick={() => onChange({ ...state, filter: without })}
                className="rounded-full p-0.5 text-ink-3 hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
          <li>
            <Button look="quiet" className="h-6 text-xs" onClick={() => onChange({ ...state, filter: emptyFilter })}>
              Clear all
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
};
