'use client';
import { useMemo } from 'react';
import { cx } from '@/components/ui/cx';
import type { SideName } from '@/lib/domain/pairs/life';
import { type Span, segmentsOf } from '@/lib/domain/text/highlight';
import type { TextDiff } from '@/lib/domain/text/word-diff';

type Look = 'tag' | 'seam';
const tags = ['<think>', '</think>', '<answer>', '</answer>'] as const;
/** A loop of tags must not become a hundred thousand elements. */
const MAX_MARKED = 200;

const tagSpans = (text: string): Span<Look>[] =>
  tags.flatMap((tag) => {
    const spans: Span<Look>[] = [];
    for (let at = text.indexOf(tag); at >= 0 && spans.length < MAX_MARKED; at = text.indexOf(tag, at + tag.length)) {
      spans.push({ start: at, end: at + tag.length, mark: 'tag' });
    }
    return spans;
  });

const looks: Record<Look, string> = {
  tag: 'font-mono text-[0.85em] text-ink-3',
  seam: 'rounded-sm bg-check-length-soft px-0.5 font-medium text-check-length',
};

export type Seam = { readonly bridgeStart: number; readonly bridgeEnd: number };

const textClass = 'whitespace-pre-wrap break-words leading-relaxed';

/** A response as text: tags dimmed, and the bridge of a reflection marked where there is one. */
export const PairText = ({ text, seam }: { text: string; seam: Seam | null }) => {
  const segments = useMemo(() => {
    const bridge: Span<Look>[] = seam ? [{ start: seam.bridgeStart, end: seam.bridgeEnd, mark: 'seam' }] : [];
    return segmentsOf(text, [...tagSpans(text), ...bridge]);
  }, [text, seam]);
  return (
    <div className={textClass}>
      {segments.map(({ start, text: part, marks }) =>
        marks.length === 0 ? (
          part
        ) : (
          <span
            key={start}
            className={cx(marks.map((mark) => looks[mark]))}
            {...(marks.includes('seam')
              ? { 'data-seam': '', title: 'The bridge: here the wrong thinking turns into the right one' }
              : {})}
          >
            {part}
          </span>
        ),
      )}
    </div>
  );
};

type DiffTextProps = { diff: TextDiff; side: SideName; blind: boolean };

const ownLook = (side: SideName, blind: boolean): string =>
  blind ? 'bg-accent-soft' : side === 'chosen' ? 'bg-chosen-soft text-chosen' : 'bg-rejected-soft text-rejected';

/** One side of a diff: what both share, and what this side alone has. */
export const DiffText = ({ diff, side, blind }: DiffTextProps) => {
  const own = side === 'chosen' ? 'added' : 'removed';
  const Tag = blind ? 'mark' : side === 'chosen' ? 'ins' : 'del';
  let at = 0;
  return (
    <div className={textClass}>
      {diff.segments.map(({ kind, text }) => {
        at += text.length;
        if (kind === 'same') return text;
        if (kind !== own) return null;
        return (
          <Tag key={at} className={cx('rounded-sm no-underline', ownLook(side, blind))}>
            {text}
          </Tag>
        );
      })}
    </div>
  );
};
