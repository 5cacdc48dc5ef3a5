'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Key } from '@/components/ui/key';
import type { Note } from './use-review';

type ActionProps = { letter: string; label: string; onClick: () => void; pressed?: boolean; strong?: boolean };

const Action = ({ letter, label, onClick, pressed, strong = false }: ActionProps) => (
  <Button
    look={strong ? 'primary' : 'plain'}
    onClick={onClick}
    className={cx('gap-2 px-2', pressed && 'border-accent bg-accent-soft')}
    {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
  >
    {label}
    <span className="hidden md:inline">
      <Key>{letter}</Key>
    </span>
  </Button>
);

export type Actions = {
  readonly approve: () => void;
  readonly reject: () => void;
  readonly swap: () => void;
  readonly skip: () => void;
  readonly undo: () => void;
  readonly voteA: () => void;
  readonly voteB: () => void;
  readonly toggleBlind: () => void;
  readonly toggleDiff: () => void;
  readonly toggleMedia: () => void;
  readonly history: () => void;
};

type ActionBarProps = {
  actions: Actions;
  voting: boolean;
  blind: boolean;
  diff: boolean;
  media: boolean;
  note: Note | null;
  onShow: (pairId: string) => void;
  children: ReactNode;
};

/** Every act with its key, always in reach; what the last one did; whether it is saved. */
export const ActionBar = ({ actions, voting, blind, diff, media, note, onShow, children }: ActionBarProps) => (
  <div className="sticky bottom-0 z-10 -mx-4 mt-auto flex flex-col gap-2 border-line border-t bg-surface px-4 py-2 lg:-mx-6 lg:px-6">
    <div className="flex flex-wrap items-center gap-2">
      {voting ? (
        <>
          <Action letter="1" label="A is better" onClick={actions.voteA} strong />
          <Action letter="2" label="B is better" onClick={actions.voteB} strong />
        </>
      ) : (
        <Action letter="a" label="Approve" onClick={actions.approve} strong />
      )}
      <Action letter="r" label={voting ? 'Neither' : 'Reject'} onClick={actions.reject} />
      {!voting && <Action letter="s" label="Swap" onClick={actions.swap} />}
      <Action letter="d" label="Skip" onClick={actions.skip} />
      <Action letter="u" label="Undo" onClick={actions.undo} />
      <span aria-hidden className="mx-1 hidden h-6 border-line border-l md:block" />
      <Action letter="w" label="Diff" onClick={actions.toggleDiff} pressed={diff} />
      <Action letter="b" label="Blind" onClick={actions.toggleBlind} pressed={blind} />
      <Action letter="v" label="Clip" onClick={actions.toggleMedia} pressed={media} />
      <Action letter="h" label="History" onClick={actions.history} />
    </div>
    <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span aria-live="polite" className={note?.tone === 'bad' ? 'text-bad' : 'text-ink-2'}>
        {note?.text}
        {note?.pairId && (
          <button type="button" className="ml-2 text-accent underline" onClick={() => onShow(note.pairId ?? '')}>
            Show it
          </button>
        )}
      </span>
      {children}
    </div>
  </div>
);
