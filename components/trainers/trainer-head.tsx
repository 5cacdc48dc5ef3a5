import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { TrainerLook } from './trainer-look';
import { seenText } from './trainer-text';

/** Where it is; nothing while there is no trainer to be anywhere. */
const place = ({ state, url }: TrainerView): string => (state === 'preparing' || state === 'absent' ? '' : url);

/** Name, state and address of a trainer, and every sentence there is to say about it. `children` stand at the right. */
export const TrainerHead = ({ trainer, children }: { trainer: TrainerView; children?: ReactNode }) => {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 break-words font-semibold">{trainer.name}</h3>
        <TrainerLook state={trainer.state} />
        <span className="min-w-0 break-all font-mono text-ink-2 text-xs">{place(trainer)}</span>
        {children && <div className="ml-auto flex gap-2">{children}</div>}
      </div>
      {trainer.sentence && <p className="max-w-prose break-words">{trainer.sentence}</p>}
      {trainer.state === 'offline' && <p className="text-ink-2 text-xs">{seenText(trainer.seenAt)}</p>}
      {trainer.state === 'online' && trainer.skew && (
        <p className="flex max-w-prose items-start gap-1.5 text-check-repetition">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {trainer.skew}
        </p>
      )}
    </div>
  );
};
