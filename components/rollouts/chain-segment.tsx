'use client';
import { cx } from '@/components/ui/cx';
import { Mark, meaningSoft } from '@/components/ui/mark';
import type { Segment } from '@/lib/domain/text/highlight';
import type { Evidence } from '@/lib/domain/verdict';
import type { ChainMark, SeekLink } from './chain-marks';

/** Each role has its own underline, so that colour is never alone. */
const roleLines: Record<Evidence['role'], string> = {
  conclusion: 'underline decoration-solid decoration-2',
  contradiction: 'underline decoration-wavy',
  answer: 'underline decoration-double',
  repeat: 'underline decoration-dotted decoration-2',
  loop: 'underline decoration-dashed decoration-2',
  malformed: 'underline decoration-wavy',
  cut: 'underline decoration-dashed',
};

const roleWords: Record<Evidence['role'], string> = {
  conclusion: 'what the thinking concludes',
  contradiction: 'says something else',
  answer: 'the answer',
  repeat: 'repeated',
  loop: 'a loop',
  malformed: 'breaks the form',
  cut: 'cut off here',
};

const lengthOf = ({ evidence: { start, end } }: { evidence: Evidence }): number => end - start;

export const evidenceId = (at: number): string => `evidence-${at}`;

type ChainSegmentProps = { segment: Segment<ChainMark>; onSeek: (link: SeekLink) => void; withIds: boolean };

/** A piece of model text: a text node inside whatever marks cover it, never anything else. */
export const ChainSegment = ({ segment: { text, start, marks }, onSeek, withIds }: ChainSegmentProps) => {
  const link = marks.find((mark) => mark.kind === 'link');
  const all = marks.filter((mark) => mark.kind === 'evidence');
  // Of nested evidence the narrowest is drawn: the wider one shows around it.
  const evidence = all.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
  const anchors = withIds ? all.filter((mark) => mark.evidence.start === start) : [];
  const tag = marks.some(({ kind }) => kind === 'tag');
  const inner = link ? (
    <button
      type="button"
      title={link.says}
      onClick={() => onSeek(link)}
      className={cx(
        'rounded px-0.5 font-medium',
        link.outside
          ? 'text-bad line-through decoration-1'
          : 'text-accent underline decoration-dotted hover:bg-accent-soft',
      )}
    >
      {text}
      {link.outside && <span className="sr-only"> (outside)</span>}
    </button>
  ) : (
    text
  );
  if (!evidence)
    return tag ? <span className="rounded bg-sunken px-0.5 font-mono text-[0.85em] text-ink-3">{inner}</span> : inner;
  const { check, role, start: from } = evidence.evidence;
  return (
    <mark
      title={`${check}: ${roleWords[role]}`}
      className={cx(
        'scroll-mt-24 rounded-sm text-ink underline-offset-4',
        meaningSoft[check],
        roleLines[role],
        tag && 'font-mono text-[0.85em]',
      )}
    >
      {anchors.map(({ at }) => (
        <span key={at} id={evidenceId(at)} tabIndex={-1} />
      ))}
      {start === from && <Mark meaning={check} className="mr-0.5 inline-block align-baseline" />}
      {inner}
    </mark>
  );
};
