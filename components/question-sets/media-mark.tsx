import { CircleCheck, CircleDashed, CircleHelp, CircleX, Clock, Minus } from 'lucide-react';
import { cx } from '@/components/ui/cx';
import type { QuestionMedia } from '@/lib/domain/question-set';

const looks: Record<QuestionMedia, { readonly icon: typeof Minus; readonly tone: string }> = {
  playable: { icon: CircleCheck, tone: 'text-good' },
  pending: { icon: Clock, tone: 'text-ink-2' },
  unplayable: { icon: CircleX, tone: 'text-bad' },
  missing: { icon: CircleDashed, tone: 'text-bad' },
  unresolved: { icon: CircleHelp, tone: 'text-ink-2' },
  none: { icon: Minus, tone: 'text-ink-3' },
};

/** What the states are called on screens. */
export const mediaText: Record<QuestionMedia, string> = {
  playable: 'playable',
  pending: 'not probed yet',
  unplayable: 'unplayable',
  missing: 'missing',
  unresolved: 'not found',
  none: 'no file',
};

/** The state of a question's video, in sign and word. */
export const MediaMark = ({ media }: { media: QuestionMedia }) => {
  const { icon: Icon, tone } = looks[media];
  return (
    <span className={cx('inline-flex items-center gap-1 whitespace-nowrap align-bottom', tone)}>
      <Icon aria-hidden className="size-3.5" />
      {mediaText[media]}
    </span>
  );
};
