import {
  Ban,
  Check,
  Circle,
  CircleDashed,
  CircleDotDashed,
  FileInput,
  Hourglass,
  LoaderCircle,
  TriangleAlert,
  UserCheck,
} from 'lucide-react';
import { cx } from '@/components/ui/cx';
import type { StageState } from '@/lib/domain/timeline';

const looks: Readonly<
  Record<StageState, { readonly icon: typeof Check; readonly text: string; readonly tone: string }>
> = {
  done: { icon: Check, text: 'done', tone: 'text-good' },
  running: { icon: LoaderCircle, text: 'under way', tone: 'text-accent' },
  blocked: { icon: Hourglass, text: 'waits for its trainer', tone: 'text-check-repetition' },
  people: { icon: UserCheck, text: 'waits for people', tone: 'text-check-repetition' },
  waiting: { icon: Circle, text: 'waiting', tone: 'text-ink-3' },
  skipped: { icon: CircleDashed, text: 'passed over', tone: 'text-ink-3' },
  failed: { icon: TriangleAlert, text: 'failed', tone: 'text-bad' },
  cancelled: { icon: Ban, text: 'cancelled', tone: 'text-ink-2' },
  imported: { icon: FileInput, text: 'imported', tone: 'text-accent' },
  partial: { icon: CircleDotDashed, text: 'in part', tone: 'text-check-repetition' },
  absent: { icon: CircleDashed, text: 'not here', tone: 'text-ink-3' },
};

/** The state of a stage: a shape and a word in its colour. */
export const StageLook = ({ state }: { state: StageState }) => {
  const { icon: Icon, text, tone } = looks[state];
  return (
    <span className={cx('flex items-center gap-1 whitespace-nowrap text-xs', tone)}>
      <Icon
        aria-hidden
        className={cx('size-3.5 shrink-0', state === 'running' && 'animate-spin [animation-duration:3s]')}
      />
      {text}
    </span>
  );
};

/** Stages that there is nothing to see of yet are drawn as outlines. */
export const isOutlined = (state: StageState): boolean =>
  state === 'waiting' || state === 'skipped' || state === 'cancelled' || state === 'absent';
