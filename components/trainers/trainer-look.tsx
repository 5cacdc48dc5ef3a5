import { Check, CircleDashed, LoaderCircle, ShieldX, Unplug } from 'lucide-react';
import { cx } from '@/components/ui/cx';
import type { TrainerState } from '@/lib/domain/trainer-view';

const looks: Readonly<
  Record<TrainerState, { readonly icon: typeof Check; readonly text: string; readonly tone: string }>
> = {
  online: { icon: Check, text: 'online', tone: 'text-good' },
  preparing: { icon: LoaderCircle, text: 'being prepared', tone: 'text-accent' },
  offline: { icon: Unplug, text: 'not reached', tone: 'text-check-repetition' },
  refused: { icon: ShieldX, text: 'refused', tone: 'text-bad' },
  absent: { icon: CircleDashed, text: 'none here', tone: 'text-ink-2' },
};

/** The state of a trainer: a shape and a word in its colour. */
export const TrainerLook = ({ state }: { state: TrainerState }) => {
  const { icon: Icon, text, tone } = looks[state];
  return (
    <span className={cx('flex items-center gap-1 whitespace-nowrap font-medium text-xs', tone)}>
      <Icon
        aria-hidden
        className={cx('size-3.5 shrink-0', state === 'preparing' && 'animate-spin [animation-duration:3s]')}
      />
      {text}
    </span>
  );
};
