'use client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { SaveState } from '@/components/outbox/save-state';
import { useKeys } from '@/components/shell/keys';
import { Failed, Loading } from '@/components/ui/states';
import { textHash } from '@/lib/domain/pairs/identity';
import type { SideName } from '@/lib/domain/pairs/life';
import type { PairFilters, PairSampleText, PairView } from '@/lib/domain/pairs/pair-view';
import { pairQuery } from '@/lib/queries/pairs';
import { ActionBar } from './action-bar';
import type { Outbox, OutboxState } from './outbox';
import { overlay } from './overlay';
import { PairCard } from './pair-card';
import { PairHistory } from './pair-history';
import { PairSkeleton } from './pair-skeleton';
import { type QueueActions, queueKeys } from './queue-keys';
import { SamplePicker } from './sample-picker';
import { useQueue } from './use-queue';
import { useReview } from './use-review';
import { useSwitch } from './use-switch';

type PairQueueProps = {
  iterationId: string;
  filters: PairFilters;
  outbox: Outbox | undefined;
  outboxState: OutboxState;
  /** What stands here when the queue has come to its end. */
  end: ReactNode;
};

type Open =
  | { readonly what: 'edit' | 'pick'; readonly side: SideName; readonly pairId: string }
  | { readonly what: 'history' }
  | null;

/** Half of the pairs show the chosen side first, always the same half, so that a second look is the same look. */
const blindOrderOf = ({ id }: PairView): readonly [SideName, SideName] =>
  Number.parseInt(textHash(id).slice(-1), 16) % 2 === 0 ? ['chosen', 'rejected'] : ['rejected', 'chosen'];

/** What this page or an earlier one sent before must be in the database before the order is read. */
const useFlushed = (outbox: Outbox | undefined, state: OutboxState): boolean => {
  const [flushed, setFlushed] = useState(false);
  const empty = outbox !== undefined && state.entries.length === 0;
  useEffect(() => {
    if (empty) setFlushed(true);
  }, [empty]);
  return flushed;
};

/** The queue: one pair at a time, one key an act. */
export const PairQueue = ({ iterationId, filters, outbox, outboxState, end }: PairQueueProps) => {
  const queue = useQueue(iterationId, filters, useFlushed(outbox, outboxState));
  const review = useReview(iterationId, outbox, queue);
  const [blind, toggleBlind] = useSwitch('blind');
  const [diff, toggleDiff] = useSwitch('diff');
  const [media, toggleMedia] = useSwitch('media');
  const [open, setOpen] = useState<Open>(null);

  const { order, at } = queue.state;
  const id = order[at];
  const { data, error, refetch } = useQuery({ ...pairQuery(id ?? ''), enabled: id !== undefined });
  const { entries } = outboxState;
  const pair = useMemo(
    () => (data && data.id === id ? overlay(data, entries, review.before) : undefined),
    [data, id, entries, review.before],
  );
  const voting = blind && (pair === undefined || pair.state === 'proposed');
  // Keys may come faster than effects run: they act on what is on the screen, not on what was when they were declared.
  const shown = useRef<PairView>(undefined);
  useLayoutEffect(() => {
    shown.current = pair;
  });
  const { move } = queue;
  const { act, vote, undo, setNote } = review;

  const actions = useMemo<QueueActions>(() => {
    const on = (run: (pair: PairView) => void) => () => {
      if (shown.current) run(shown.current);
    };
    const request = (action: 'approve' | 'reject' | 'swap' | 'skip') => on((pair) => act(pair, { action }));
    const voteFor = (position: 0 | 1) => on((pair) => vote(pair, blindOrderOf(pair)[position]));
    const reveal = (what: 'edit' | 'pick') => (side: SideName) =>
      on((pair) => setOpen({ what, side, pairId: pair.id }))();
    return {
      approve: request('approve'),
      reject: request('reject'),
      swap: request('swap'),
      skip: request('skip'),
      undo,
      voteA: voteFor(0),
      voteB: voteFor(1),
      toggleBlind,
      toggleDiff,
      toggleMedia,
      history: on(() => setOpen({ what: 'history' })),
      pick: reveal('pick'),
      edit: reveal('edit'),
    };
  }, [act, vote, undo, toggleBlind, toggleDiff, toggleMedia]);

  useKeys(useMemo(() => queueKeys(voting, actions, (by) => move({ type: 'step', by })), [voting, actions, move]));

  const close = () => setOpen(null);
  const replace = (side: SideName) => (sample: PairSampleText) => {
    const action = side === 'chosen' ? 'replace_chosen' : 'replace_rejected';
    if (pair && act(pair, { action, rolloutId: sample.rolloutId }, sample.text)) close();
  };
  const save = (side: SideName, text: string) => {
    if (pair && act(pair, { action: 'edit', side, text })) close();
  };
  const show = (pairId: string) => {
    setNote(null);
    move({ type: 'show', id: pairId });
  };

  const ended = id === undefined && queue.state.next === null && !queue.reading;
  return (
    <div className="flex flex-1 flex-col gap-3">
      {queue.error && <Failed error={queue.error} onRetry={queue.readOn} />}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!pair && !ended && !error && !queue.error && <NextPairLoading waiting={outboxState.entries.length} />}
      {ended && end}
      {pair && (
        <PairCard
          key={pair.id}
          pair={pair}
          blindOrder={voting ? blindOrderOf(pair) : null}
          showDiff={diff}
          showMedia={media}
          editing={open?.what === 'edit' && open.pairId === pair.id && !voting ? open.side : null}
          onEdit={actions.edit}
          onPick={actions.pick}
          onSave={save}
          onCancel={close}
        />
      )}
      {pair && open?.what === 'pick' && open.pairId === pair.id && (
        <SamplePicker pair={pair} side={open.side} onPick={replace(open.side)} onClose={close} />
      )}
      {pair && open?.what === 'history' && <PairHistory pair={pair} onClose={close} />}
      <ActionBar
        actions={actions}
        voting={voting}
        blind={blind}
        diff={diff}
        media={media}
        note={review.note}
        onShow={show}
      >
        <SaveState what="decision" state={outboxState} outbox={outbox} />
      </ActionBar>
    </div>
  );
};

const NextPairLoading = ({ waiting }: { waiting: number }) => (
  <Loading what="the next pair">
    {waiting > 0 && <p className="mb-2 text-ink-2">Saving what an earlier page had decided…</p>}
    <PairSkeleton />
  </Loading>
);
