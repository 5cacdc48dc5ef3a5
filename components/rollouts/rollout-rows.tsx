'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import type { RolloutListPage } from '@/lib/domain/rollouts/row';
import { GroupItem } from './group-item';
import { RolloutItem } from './rollout-item';

type RolloutRowsProps = {
  pages: readonly RolloutListPage[];
  state: RolloutListState;
  hasMore: boolean;
  onNearEnd: () => void;
};

const ROW_HEIGHT = 60;
const AHEAD = 10;

const itemsOf = (pages: readonly RolloutListPage[], state: RolloutListState) =>
  pages.flatMap((page) =>
    page.view === 'grouped'
      ? page.rows.map((row) => ({ id: row.id, view: <GroupItem group={row} state={state} /> }))
      : page.rows.map((row) => ({ id: row.id, view: <RolloutItem rollout={row} state={state} /> })),
  );

/** The rows on screen and a few around them; asks for more near the end. */
export const RolloutRows = ({ pages, state, hasMore, onNearEnd }: RolloutRowsProps) => {
  const items = useMemo(() => itemsOf(pages, state), [pages, state]);
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const measure = () => setOffset(list.current?.offsetTop ?? 0);
    measure();
    // What stands above the list (chips, the rate) changes its height.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: AHEAD,
    scrollMargin: offset,
    getItemKey: (at) => items[at]?.id ?? at,
    initialRect: { width: 1200, height: 900 },
  });
  const visible = rows.getVirtualItems();
  const lastIndex = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastIndex >= items.length - AHEAD) onNearEnd();
  }, [hasMore, lastIndex, items.length, onNearEnd]);

  const current = useRef(-1);
  const { scrollToIndex } = rows;
  const keys = useMemo((): readonly KeyBinding[] => {
    const go = (step: number) => {
      current.current = Math.max(0, Math.min(items.length - 1, current.current + step));
      scrollToIndex(current.current, { align: 'auto' });
      const focus = () =>
        list.current?.querySelector<HTMLElement>(`[data-index="${current.current}"] [data-row]`)?.focus();
      requestAnimationFrame(() => requestAnimationFrame(focus)); // after the row is drawn
    };
    return [
      { keys: ['j', 'ArrowDown'], says: 'Next row (Enter opens it)', run: () => go(1) },
      { keys: ['k', 'ArrowUp'], says: 'Previous row', run: () => go(-1) },
    ];
  }, [items.length, scrollToIndex]);
  useKeys(keys);

  return (
    <ul ref={list} className="relative" style={{ height: rows.getTotalSize() }}>
      {visible.map((row) => (
        <li
          key={row.key}
          ref={rows.measureElement}
          data-index={row.index}
          className="absolute inset-x-0 top-0 border-line border-b focus-within:bg-sunken hover:bg-sunken"
          style={{ transform: `translateY(${row.start - offset}px)` }}
        >
          {items[row.index]?.view}
        </li>
      ))}
    </ul>
  );
};
