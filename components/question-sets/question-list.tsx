'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/states';
import {
  parseQuestionFilters,
  type QuestionFilters,
  type QuestionRow,
  type QuestionSet,
} from '@/lib/domain/question-set';
import { formatCount } from '@/lib/domain/text/counted';
import { questionsQuery } from '@/lib/queries/question-sets';
import { MediaMark } from './media-mark';
import { QuestionFiltersBar } from './question-filters';

const ROW_PX = 64;
/** The next page is asked for when fewer rows than this are left below the screen. */
const AHEAD_ROWS = 30;

const Row = ({ setId, row }: { setId: string; row: QuestionRow }) => (
  <Link
    href={`/question-sets/${setId}/questions/${row.id}`}
    className="flex h-16 flex-col justify-center gap-0.5 border-line border-b px-4 hover:bg-sunken"
  >
    <span className="truncate">{row.prompt}</span>
    <span className="flex items-center gap-x-3 overflow-hidden text-ink-2 text-xs">
      <span>{row.kind}</span>
      <span className="truncate">
        answer {row.truth === '' ? 'unknown' : <span className="text-ink">{row.truth}</span>}
      </span>
      <MediaMark media={row.media} />
      <span className="whitespace-nowrap">{formatCount(row.rollouts)} rollouts</span>
      <span className="hidden min-w-0 truncate font-mono text-ink-3 sm:inline">{row.key}</span>
    </span>
  </Link>
);

/** The questions of a set, as many as there are: only rows on the screen exist. The filters are the address. */
export const QuestionList = ({ set }: { set: QuestionSet }) => {
  const path = usePathname();
  const params = useSearchParams();
  const filters = useMemo(() => parseQuestionFilters(Object.fromEntries(params)), [params]);
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    questionsQuery(set.id, filters),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;

  // Where the list begins on the page is known to the browser alone.
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length + (hasNextPage ? 1 : 0),
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD_ROWS) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  // Next follows the history: the filters change without asking the server for the page again.
  const change = useCallback(
    (next: QuestionFilters) => {
      const query = new URLSearchParams(
        Object.entries(next).flatMap(([name, value]) => (value ? [[name, value]] : [])),
      );
      window.history.replaceState(null, '', query.size > 0 ? `${path}?${query}` : path);
    },
    [path],
  );

  return (
    <Panel flush>
      <div className="border-line border-b p-4">
        <QuestionFiltersBar filters={filters} facets={set.facets} onChange={change} />
        <output className="mt-2 block text-ink-2 text-xs">
          {data ? `${formatCount(total)} of ${formatCount(set.questions)} questions` : 'Counting…'}
        </output>
      </div>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <Loading what="questions">
          <Skeleton className="h-96 w-full" />
        </Loading>
      )}
      {data && rows.length === 0 && <Empty title="No question matches these filters" />}
      <div ref={list} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const row = rows[index];
          return (
            <div
              key={key}
              className="absolute top-0 left-0 w-full"
              style={{ height: ROW_PX, transform: `translateY(${start - top}px)` }}
            >
              {row ? <Row setId={set.id} row={row} /> : <Skeleton className="m-4 h-8" />}
            </div>
          );
        })}
      </div>
    </Panel>
  );
};
