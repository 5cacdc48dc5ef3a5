'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';
import { checkQuestions, choices } from './words';

const Act = ({
  letter,
  children,
  ...rest
}: { letter: string; children: ReactNode } & React.ComponentProps<typeof Button>) => (
  <Button className="gap-2 px-2" {...rest}>
    {children}
    <span className="hidden md:inline">
      <Key>{letter}</Key>
    </span>
  </Button>
);

type LabelBarProps = {
  /** What is asked now; undefined when the item is finished. */
  check: LabelCheck | undefined;
  /** Whether the answer may be given: not before what it needs is on the screen. */
  ready: boolean;
  note: string | null;
  onLabel: (value: LabelValue) => void;
  onStep: (by: number) => void;
  onUndo: () => void;
  /** Whether it is saved. */
  children: ReactNode;
};

/** The question of the moment and its answers, always in reach, each with its key. */
export const LabelBar = ({ check, ready, note, onLabel, onStep, onUndo, children }: LabelBarProps) => (
  <div className="sticky bottom-0 z-10 -mx-4 mt-auto flex flex-col gap-2 border-line border-t bg-surface px-4 py-2 lg:-mx-6 lg:px-6">
    <div className="flex flex-wrap items-center gap-2">
      <p className="w-full font-medium sm:w-auto sm:min-w-80" aria-live="polite">
        {check ? checkQuestions[check] : 'Answered: the verdict shows.'}
      </p>
      {check &&
        choices[check].map(({ key, value, says }, place) => (
          <Act
            key={value}
            letter={key}
            look={place === 0 ? 'primary' : 'plain'}
            disabled={!ready}
            onClick={() => onLabel(value)}
          >
            {says}
          </Act>
        ))}
      <Act letter="u" onClick={onUndo}>
        Undo
      </Act>
      <Act letter="k" onClick={() => onStep(-1)}>
        Previous
      </Act>
      <Act letter="j" look={check ? 'plain' : 'primary'} onClick={() => onStep(1)}>
        Next
      </Act>
    </div>
    <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span aria-live="polite" className="text-ink-2">
        {note}
      </span>
      {children}
    </div>
  </div>
);
