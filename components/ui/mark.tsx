/**
 * The marks of fixed meaning: the five checks, chosen and rejected. Each has its colour and its shape, drawn here
 * once, so that every screen says the same thing with the same sign.
 */
import type { Check } from '@/lib/domain/verdict';
import { cx } from './cx';

export type Meaning = Check | 'chosen' | 'rejected';

export const meaningText: Record<Meaning, string> = {
  format: 'text-check-format',
  accuracy: 'text-check-accuracy',
  consistency: 'text-check-consistency',
  repetition: 'text-check-repetition',
  length: 'text-check-length',
  chosen: 'text-chosen',
  rejected: 'text-rejected',
};

export const meaningSoft: Record<Meaning, string> = {
  format: 'bg-check-format-soft',
  accuracy: 'bg-check-accuracy-soft',
  consistency: 'bg-check-consistency-soft',
  repetition: 'bg-check-repetition-soft',
  length: 'bg-check-length-soft',
  chosen: 'bg-chosen-soft',
  rejected: 'bg-rejected-soft',
};

/** Paths in a 12 × 12 box: brackets, target, two links, loop, ruler, plus, minus. */
const shapes: Record<Meaning, string> = {
  format: 'M4 1.5H1.5v9H4M8 1.5h2.5v9H8',
  accuracy: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zM6 4.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  consistency: 'M6 1l5 5-5 5-5-5z',
  repetition: 'M10.5 6a4.5 4.5 0 1 1-1.6-3.4M9.2.8v2.2H7',
  length: 'M1 3v6M11 3v6M1 6h10',
  chosen: 'M6 1.5v9M1.5 6h9',
  rejected: 'M1.5 6h9',
};

/** Decorative: the text beside it says the same. */
export const Mark = ({ meaning, className }: { meaning: Meaning; className?: string }) => (
  <svg viewBox="0 0 12 12" aria-hidden className={cx('size-3 shrink-0', meaningText[meaning], className)}>
    <path
      d={shapes[meaning]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** A mark with its words on its own soft ground. */
export const Badge = ({
  meaning,
  children,
  className,
}: {
  meaning: Meaning;
  children: React.ReactNode;
  className?: string;
}) => (
  <span
    className={cx(
      'inline-flex items-center gap-1 whitespace-nowrap rounded px-1.5 py-px font-medium text-xs',
      meaningText[meaning],
      meaningSoft[meaning],
      className,
    )}
  >
    <Mark meaning={meaning} />
    {children}
  </span>
);
