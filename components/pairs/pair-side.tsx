'use client';
import { Pencil, Replace } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Mark } from '@/components/ui/mark';
import type { SideName } from '@/lib/domain/pairs/life';
import type { PairView } from '@/lib/domain/pairs/pair-view';
import type { TextDiff } from '@/lib/domain/text/word-diff';
import { EditText } from './edit-text';
import { DiffText, PairText } from './pair-text';
import { SampleMarks } from './sample-marks';

type PairSideProps = {
  pair: PairView;
  side: SideName;
  /** Blind: the letter it goes by, and nothing that tells which side it is. */
  letter: 'A' | 'B' | null;
  diff: TextDiff | null;
  editing: boolean;
  onEdit: () => void;
  onPick: () => void;
  onSave: (text: string) => void;
  onCancel: () => void;
};

const names = { chosen: 'Chosen', rejected: 'Rejected' } as const;

/** Where a text comes from, when no sample of the group is it. */
const originOf = (pair: PairView, side: SideName): string => {
  const { text } = pair[side];
  if (pair.proposedChosen === text) return 'composed from two samples';
  return 'edited text';
};

export const PairSide = ({ pair, side, letter, diff, editing, onEdit, onPick, onSave, onCancel }: PairSideProps) => {
  const { rolloutId, text } = pair[side];
  const sample = pair.samples.find((candidate) => candidate.rolloutId === rolloutId);
  const name = letter ? `Response ${letter}` : names[side];
  const seam = letter === null && pair.proposedChosen === text ? pair.seam : null;
  const body = useRef<HTMLDivElement>(null);
  const showBridge = () => body.current?.querySelector('[data-seam]')?.scrollIntoView({ block: 'center' });
  return (
    <section
      aria-label={name}
      className={cx(
        'flex min-w-0 flex-col rounded-lg border bg-surface',
        letter ? 'border-line' : side === 'chosen' ? 'border-chosen/60' : 'border-rejected/60',
      )}
    >
      <header
        className={cx(
          'flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 rounded-t-lg border-line border-b px-3 py-1.5',
          !letter && (side === 'chosen' ? 'bg-chosen-soft' : 'bg-rejected-soft'),
        )}
      >
        <h2 className="flex items-center gap-1.5 font-semibold">
          {!letter && <Mark meaning={side} />}
          {name}
          {!letter && (
            <span className="font-normal text-ink-2">{sample ? `sample ${sample.sample}` : originOf(pair, side)}</span>
          )}
        </h2>
        {!letter && sample && <SampleMarks sample={sample} />}
        {seam && !diff && !editing && (
          <Button look="quiet" className="px-2 text-check-length" onClick={showBridge}>
            Go to the bridge
          </Button>
        )}
        {!letter && !editing && (
          <span className="ml-auto flex gap-1">
            <Button look="quiet" className="px-2" onClick={onPick} aria-label={`Pick another ${side} sample`}>
              <Replace aria-hidden className="size-4" />
            </Button>
            <Button look="quiet" className="px-2" onClick={onEdit} aria-label={`Edit the ${side} text`}>
              <Pencil aria-hidden className="size-4" />
            </Button>
          </span>
        )}
      </header>
      {/* It scrolls, so the keyboard must reach it. */}
      <div
        ref={body}
        className="flex max-h-[55vh] min-h-32 flex-1 flex-col overflow-auto p-3"
        tabIndex={editing ? -1 : 0}
      >
        {editing ? (
          <EditText label={`${names[side]} text`} text={text} onSave={onSave} onCancel={onCancel} />
        ) : diff ? (
          <DiffText diff={diff} side={side} blind={letter !== null} />
        ) : (
          <PairText text={text} seam={seam} />
        )}
      </div>
    </section>
  );
};
