import { cx } from '@/components/ui/cx';
import type { TextDiff } from '@/lib/domain/text/word-diff';
import type { SideName } from './comparison-state';

/**
 * Neither side is the better one, so neither wears the colours of chosen and rejected: what the left alone has stands
 * on grey with a broken line below, what the right alone has on the accent with a whole one.
 */
export const onlyLook: Readonly<Record<SideName, string>> = {
  left: 'rounded-sm bg-line px-0.5 text-ink underline decoration-dashed decoration-ink-2 underline-offset-4',
  right: 'rounded-sm bg-accent-soft px-0.5 text-ink underline decoration-accent decoration-2 underline-offset-4',
};

const kindOf: Readonly<Record<SideName, 'removed' | 'added'>> = { left: 'removed', right: 'added' };

type DiffTextProps = {
  readonly diff: TextDiff;
  /** One side with what it alone has; both in one text without it. */
  readonly side?: SideName;
};

/** Model text as text nodes, with what one side alone has marked. */
export const DiffText = ({ diff, side }: DiffTextProps) => {
  let at = 0;
  return (
    <div className="whitespace-pre-wrap break-words leading-relaxed">
      {diff.segments.map(({ kind, text }) => {
        at += text.length;
        if (kind === 'same') return text;
        const owner: SideName = kind === 'removed' ? 'left' : 'right';
        if (side && kind !== kindOf[side]) return null;
        const Tag = kind === 'removed' ? 'del' : 'ins';
        return (
          // Struck through only where both stand in one text: a whole side must stay readable.
          <Tag key={at} className={cx(onlyLook[owner], !side && owner === 'left' && 'line-through')}>
            {text}
          </Tag>
        );
      })}
    </div>
  );
};
