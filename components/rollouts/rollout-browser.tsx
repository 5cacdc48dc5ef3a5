'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/states';
import { deriveFacets } from '@/lib/domain/rollouts/facets';
import {
  emptyFilter,
  formatRolloutFilter,
  formatRolloutList,
  parseRolloutFilter,
  type RolloutFilter,
  withoutFacets,
} from '@/lib/domain/rollouts/filter';
import type { RolloutFacets, RolloutListPage } from '@/lib/domain/rollouts/row';
import { rolloutFacetsQuery, rolloutListQuery } from '@/lib/queries/rollouts';
import { FacetPanel, type RunName } from './facet-panel';
import { chipsOf } from './facet-text';
import { ListHeader } from './list-header';
import { RateLine } from './rate-line';
import { rolloutColumns } from './rollout-item';
import { RolloutRows } from './rollout-rows';
import { useListState } from './use-list-state';

type RolloutBrowserProps = {
  /** What the server has read for the address it was asked for. */
  initial: { address: string; page: RolloutListPage | undefined; facets: RolloutFacets | undefined };
  runs: readonly RunName[];
};

const nameMap = (items: readonly RunName[]): Record<string, string> =>
  Object.fromEntries(items.map(({ id, name }) => [id, name]));

const facetAddress = (filter: RolloutFilter): string => formatRolloutFilter(withoutFacets(filter)).toString();

/** All rollouts that the filter leaves, with the filters beside them. */
export const RolloutBrowser = ({ initial, runs }: RolloutBrowserProps) => {
  const [state, setState] = useListState();
  const { filter } = state;
  const sameList = formatRolloutList(state).toString() === initial.address;
  const initialFilter = parseRolloutFilter(new URLSearchParams(initial.address));
  const sameScope = facetAddress(filter) === facetAddress(initialFilter);
  const list = useInfiniteQuery(rolloutListQuery(state, sameList ? initial.page : undefined));
  const counts = useQuery({
    ...rolloutFacetsQuery(filter, sameScope ? initial.facets : undefined),
    placeholderData: keepPreviousData,
  });
  const facets = useMemo(() => counts.data && deriveFacets(counts.data.cube, filter), [counts.data, filter]);
  const setNames = counts.data?.setNames ?? {};
  const setFilter = (next: RolloutFilter) => setState({ ...state, filter: next });
  const { fetchNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  useKeys(searchKeys);

  const chips = chipsOf(filter, { runs: nameMap(runs), sets: setNames });
  const panel = <FacetPanel filter={filter} facets={facets} runs={runs} setNames={setNames} onChange={setFilter} />;
  const pages = list.data?.pages ?? [];
  const empty = pages.length > 0 && pages.every(({ rows }) => rows.length === 0);
  return (
    <div className="flex items-start gap-5">
      <aside
        aria-label="Filters"
        className="sticky top-4 hidden max-h-[calc(100vh-2rem)] w-60 shrink-0 overflow-y-auto pr-1 lg:block"
      >
        {panel}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <ListHeader state={state} chips={chips} onChange={setState} panel={panel} />
        {facets && <RateLine facets={facets} narrowed={filter.facets.consistency.length > 0} />}
        {counts.error && <Failed error={counts.error} onRetry={() => void counts.refetch()} />}
        {list.error && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <RowsLoading />}
        {empty && <NothingFound narrowed={chips.length > 0} onClear={() => setFilter(emptyFilter)} />}
        {pages.length > 0 && !empty && (
          <div className="rounded-lg border border-line bg-surface">
            {state.view === 'flat' && <FlatHead />}
            <RolloutRows
              key={formatRolloutList(state).toString()}
              pages={pages}
              state={state}
              hasMore={list.hasNextPage}
              onNearEnd={more}
            />
            <p className="px-4 py-2 text-ink-3 text-xs">
              {list.hasNextPage ? 'Loading more…' : 'That is all of them.'}
            </p>
          </div>
        )}
      </div>
    </div>
  );
};

const searchKeys: readonly KeyBinding[] = [
  {
    keys: ['/'],
    says: 'Search the texts',
    run: () => document.querySelector<HTMLInputElement>('aside [data-search]')?.focus(),
  },
];

const FlatHead = () => (
  <div aria-hidden className={`hidden border-line border-b px-4 py-1.5 text-ink-3 text-xs ${rolloutColumns}`}>
    <span>Question</span>
    <span>Answer</span>
    <span>Verdict</span>
    <span className="text-right">Tokens</span>
    <span className="text-right">Reward</span>
  </div>
);

const RowsLoading = () => (
  <Loading what="rollouts">
    <div className="flex flex-col gap-2">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  </Loading>
);

const NothingFound = ({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) =>
  narrowed ? (
    <Empty title="No rollout passes these filters" action={<Button onClick={onClear}>Clear all filters</Button>} />
  ) : (
    <Empty
      title="No rollouts yet"
      action={
        <Button asChild look="primary">
          <Link href="/imports">Import rollouts</Link>
        </Button>
      }
    >
      Bring the responses of your model in from a file, or let a training job send them here.
    </Empty>
  );
