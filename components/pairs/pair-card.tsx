'use client';
import { useDeferredValue, useMemo } from 'react';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import type { SideName } from '@/lib/domain/pairs/life';
import type { PairView } from '@/lib/domain/pairs/pair-view';
import { diffTexts, type TextDiff } from '@/lib/domain/text/word-diff';
import { stateNames, typeNames } from './act-text';
import { PairQuestion } from './pair-question';
import { PairSide } from './pair-side';
import { StaleMark } from './stale-mark';

type PairCardProps = {
  pair: PairView;
  /** Left and right, when their names are hidden until the vote. */
  blindOrder: readonly [SideName, SideName] | null;
  showDiff: boolean;
  showMedia: boolean;
  editing: SideName | null;
  onEdit: (side: SideName) => void;
  onPick: (side: SideName) => void;
  onSave: (side: SideName, text: string) => void;
  onCancel: () => void;
};

const order: readonly [SideName, SideName] = ['chosen', 'rejected'];

const noDiff = null;

/** The diff of the pair on the screen; a beat late, so that a long one never holds the next pair back. */
const useDiff = (pair: PairView, on: boolean): TextDiff | null => {
  const [chosen, rejected] = [pair.chosen.text, pair.rejected.text];
  const wanted = useMemo(() => (on ? { chosen, rejected } : noDiff), [on, chosen, rejected]);
  const deferred = useDeferredValue(wanted, noDiff);
  const diff = useMemo(() => (deferred ? diffTexts(deferred.rejected, deferred.chosen) : null), [deferred]);
  return wanted === deferred ? diff : null;
};

const Chip = ({ children, className }: { children: React.ReactNode; className?: string }) => (
  <span className={cx('rounded border border-line px-1.5 py-px font-medium text-xs whitespace-nowrap', className)}>
    {children}
  </span>
);

const stateLooks = { proposed: 'text-ink-2', approved: 'text-chosen', rejected: 'text-rejected' } as const;

/** Why this pair is here, or that it waits for a vote. */
const Reason = ({ pair, blind }: { pair: PairView; blind: boolean }) =>
  blind ? (
    <p className="text-ink-2">Which response is better? Verdicts and lengths show after your vote.</p>
  ) : (
    <p className="flex flex-wrap items-center gap-2">
      <Chip>{typeNames[pair.type]}</Chip>
      <span className="min-w-0 break-words">{pair.why}</span>
      {pair.edited && <Chip>Edited</Chip>}
      {pair.skips > 0 && <Chip>Skipped {pair.skips === 1 ? 'once' : `${pair.skips} times`}</Chip>}
      {pair.frozenIn.length > 0 && <Chip>In set {pair.frozenIn.join(', ')}</Chip>}
      {pair.state !== 'proposed' && <Chip className={stateLooks[pair.state]}>{stateNames[pair.state]}</Chip>}
      {pair.stale !== null && <StaleMark why={pair.stale} />}
    </p>
  );

/** One pair: the question, the reason, and both sides. */
export const PairCard = (props: PairCardProps) => {
  const { pair, blindOrder, showDiff, showMedia, editing, onEdit, onPick, onSave, onCancel } = props;
  const diff = useDiff(pair, showDiff && editing === null);
  return (
    <article aria-label="Pair" data-pair={pair.id} className="flex flex-col gap-3">
      <Panel>
        <PairQuestion question={pair.question} showMedia={showMedia}>
          <Reason pair={pair} blind={blindOrder !== null} />
        </PairQuestion>
      </Panel>
      <div className="grid gap-3 md:grid-cols-2">
        {(blindOrder ?? order).map((side, at) => (
          <PairSide
            key={side}
            pair={pair}
            side={side}
            letter={blindOrder ? (at === 0 ? 'A' : 'B') : null}
            diff={diff}
            editing={editing === side}
            onEdit={() => onEdit(side)}
            onPick={() => onPick(side)}
            onSave={(text) => onSave(side, text)}
            onCancel={onCancel}
          />
        ))}
      </div>
    </article>
  );
};
