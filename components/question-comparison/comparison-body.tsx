'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useVideoKeys } from '@/components/rollouts/use-rollout-keys';
import { cx } from '@/components/ui/cx';
import type { QuestionComparison, SliceChains } from '@/lib/domain/question-comparison/comparison';
import { emptyFilter, type RolloutListState } from '@/lib/domain/rollouts/filter';
import { ChoiceBar } from './choice-bar';
import { ComparisonDiff } from './comparison-diff';
import type { ComparisonMove, ComparisonState, SideName } from './comparison-state';
import { LengthPanel } from './length-panel';
import { OrderBar } from './order-bar';
import { QuestionSide } from './question-side';
import { SideColumn } from './side-column';
import { SideTabs } from './side-tabs';
import { SliceChips } from './slice-chips';
import { chainName, nameAmong } from './slice-words';
import { useComparisonKeys } from './use-comparison-keys';
import { useKeptPlace } from './use-kept-place';
import { VerdictTable } from './verdict-table';

type ComparisonBodyProps = {
  readonly questionId: string;
  readonly comparison: QuestionComparison;
  readonly left: SliceChains;
  readonly right: SliceChains;
  readonly state: ComparisonState;
  readonly move: (move: ComparisonMove) => void;
  /** What is shown is of before. */
  readonly busy: boolean;
};

const chainOf = ({ chains }: SliceChains, id: string | null) => chains.find((chain) => chain.id === id);

/** The distributions, and the chains of both sides around the video. */
export const ComparisonBody = ({ questionId, comparison, left, right, state, move, busy }: ComparisonBodyProps) => {
  const { slices, asked, question } = comparison;
  const root = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [front, setFront] = useState<SideName>('left');
  const list = useMemo(
    (): RolloutListState => ({ filter: { ...emptyFilter, question: [questionId] }, sort: 'newest', view: 'grouped' }),
    [questionId],
  );
  const longest = Math.max(
    0,
    ...[left, right].flatMap(({ chains }) => chains.map(({ thinkTokens }) => thinkTokens ?? 0)),
  );
  const chains = useMemo(() => ({ left: left.chains, right: right.chains }), [left.chains, right.chains]);
  const ids = useMemo(() => [...left.chains, ...right.chains].map(({ id }) => id), [left.chains, right.chains]);
  const choose = useCallback((side: SideName, id: string) => move({ type: 'choose', side, id }), [move]);
  const toggle = useCallback(
    (id: string) =>
      setUnfolded((open) => (open.has(id) ? new Set([...open].filter((one) => one !== id)) : new Set([...open, id]))),
    [],
  );
  const toggleAll = useCallback(
    () => setUnfolded((open) => (ids.every((id) => open.has(id)) ? new Set() : new Set(ids))),
    [ids],
  );
  const [a, b] = [chainOf(left, state.chosen.left), chainOf(right, state.chosen.right)];
  const names = { left: nameAmong(left, slices), right: nameAmong(right, slices) };
  const open = state.open && a && b;
  const isOpen = Boolean(open);
  useVideoKeys();
  useComparisonKeys({
    root,
    chains,
    open: isOpen,
    layout: state.layout,
    move,
    onToggle: toggle,
    onToggleAll: toggleAll,
    onSide: setFront,
  });
  useKeptPlace(root, isOpen, state.chosen.left);
  const column = {
    slices,
    asked,
    order: state.order,
    unfolded,
    longest,
    questionId,
    list,
    move,
    onChoose: choose,
    onToggle: toggle,
  };
  return (
    <div ref={root} aria-busy={busy} className={cx('flex scroll-mt-3 flex-col gap-4', busy && 'opacity-70')}>
      <div className={cx('grid items-start gap-4 max-md:order-last lg:grid-cols-2', open && 'hidden')}>
        <LengthPanel slices={slices} list={list} />
        <VerdictTable slices={slices} questionId={questionId} className="min-w-0" />
      </div>
      {state.open && !open && !busy && (
        <p role="status" className="text-ink-2">
          The two chains of this address are not among those shown: they may be of another step, or gone.
        </p>
      )}
      <div
        className={cx(
          'grid min-w-0 grid-cols-1 items-start gap-x-4 gap-y-3 md:grid-cols-2',
          open && state.layout === 'inline'
            ? 'xl:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]'
            : 'xl:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)_minmax(0,1fr)]',
        )}
      >
        <QuestionSide question={question} sides={[left, right]} />
        {open ? (
          <ComparisonDiff a={a} b={b} names={names} layout={state.layout} list={list} move={move} />
        ) : (
          <>
            <div className="flex min-w-0 flex-wrap items-center justify-between gap-2 md:order-first md:col-span-2 xl:col-span-full">
              <SliceChips slices={slices} asked={asked} left={state.left} right={state.right} move={move} />
              <OrderBar
                order={state.order}
                allOpen={ids.length > 0 && ids.every((id) => unfolded.has(id))}
                onOrder={(order) => move({ type: 'order', order })}
                onToggleAll={toggleAll}
                onSwap={() => move({ type: 'swap' })}
              />
            </div>
            <SideTabs front={front} names={names} onFront={setFront} />
            <SideColumn {...column} side="left" slice={left} chosen={state.chosen.left} hidden={front !== 'left'} />
            <SideColumn {...column} side="right" slice={right} chosen={state.chosen.right} hidden={front !== 'right'} />
          </>
        )}
      </div>
      {!open && (
        <ChoiceBar
          left={a ? `${chainName(a)} of ${names.left}` : null}
          right={b ? `${chainName(b)} of ${names.right}` : null}
          onOpen={() => move({ type: 'open' })}
        />
      )}
    </div>
  );
};
