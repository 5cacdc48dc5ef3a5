import type { Route } from 'next';
import Link from 'next/link';
import { cx } from '@/components/ui/cx';
import { Mark } from '@/components/ui/mark';
import { outcomesOf } from '@/components/verdicts/outcome';
import type { GroupSample } from '@/lib/domain/rollouts/row';

type SampleGlyphProps = { sample: GroupSample; href: Route; position: number; longest: number; current?: boolean };

const signs = { right: '✓', wrong: '✕', unknown: '·' } as const;

/** Says in words what the glyph draws. */
const sampleText = (sample: Omit<GroupSample, 'matches'>, position: number): string => {
  const words = outcomesOf(sample).map(({ text }) => text);
  const length = sample.thinkTokens === null ? [] : [`${sample.thinkTokens} tokens`];
  return [`Sample ${position}`, ...new Set(words), ...length].join(', ');
};

/** One sample of a group in a few pixels: right or wrong, its inconsistency, and how long it thought. */
export const SampleGlyph = ({ sample, href, position, longest, current = false }: SampleGlyphProps) => {
  const sign = sample.correct === null ? 'unknown' : sample.correct ? 'right' : 'wrong';
  const share = longest > 0 ? (sample.thinkTokens ?? 0) / longest : 0;
  const text = sampleText(sample, position);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={text}
      title={text}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      className={cx(
        'relative flex h-10 w-8 flex-col items-center justify-between rounded border bg-surface pt-0.5 pb-1 hover:border-accent',
        current ? 'border-2 border-accent' : 'border-line',
        !sample.matches && 'opacity-40',
      )}
    >
      <span
        aria-hidden
        className={cx(
          'font-bold text-sm leading-none',
          sign === 'right' ? 'text-check-accuracy' : sign === 'wrong' ? 'text-ink' : 'text-ink-3',
        )}
      >
        {signs[sign]}
      </span>
      <span className="flex h-2.5 items-center gap-px">
        {sample.consistency === 'inconsistent' && <Mark meaning="consistency" className="size-2.5" />}
        {sample.repetitive && <Mark meaning="repetition" className="size-2.5" />}
        {sample.wellFormed === false && <Mark meaning="format" className="size-2.5" />}
      </span>
      <span aria-hidden className="h-1 w-6 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full rounded-full bg-check-length" style={{ width: `${share * 100}%` }} />
      </span>
      {sample.corrected && (
        <span aria-hidden className="absolute -top-1 -right-1 size-2 rounded-full border border-surface bg-accent" />
      )}
    </Link>
  );
};
