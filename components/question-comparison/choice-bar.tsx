'use client';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';

type ChoiceBarProps = {
  /** What is chosen on each side, in words; null while nothing is. */
  readonly left: string | null;
  readonly right: string | null;
  readonly onOpen: () => void;
};

const Chosen = ({ letter, name }: { letter: string; name: string | null }) => (
  <span className="inline-flex min-w-0 items-center gap-1.5">
    <span
      className={
        name
          ? 'rounded bg-accent px-1.5 font-medium text-accent-ink text-xs'
          : 'rounded bg-sunken px-1.5 font-medium text-ink-2 text-xs'
      }
    >
      {letter}
    </span>
    <span className={name ? 'truncate font-medium' : 'truncate text-ink-2'}>{name ?? 'none chosen'}</span>
  </span>
);

/** Always in view: which two chains a diff would compare. */
export const ChoiceBar = ({ left, right, onOpen }: ChoiceBarProps) => (
  <section
    aria-label="Chosen chains"
    className="sticky bottom-2 z-20 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line-strong bg-surface px-3 py-1.5 shadow-lg"
  >
    <span role="status" className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
      <Chosen letter="A" name={left} />
      <Chosen letter="B" name={right} />
    </span>
    <span className="hidden items-center gap-1 text-ink-2 text-xs xl:flex">
      <Key>1</Key>–<Key>8</Key> left, <Key>Shift</Key> with them right
    </span>
    <Button look="primary" className="ml-auto" disabled={left === null || right === null} onClick={onOpen}>
      Show what differs
    </Button>
  </section>
);
