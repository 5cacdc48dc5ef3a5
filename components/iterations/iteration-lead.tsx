import { CircleCheck, CircleX, Unplug } from 'lucide-react';
import Link from 'next/link';
import type { IterationView } from '@/lib/domain/iteration';

const states: Readonly<Record<string, { readonly icon: typeof Unplug; readonly tone: string }>> = {
  online: { icon: CircleCheck, tone: 'text-good' },
  refused: { icon: CircleX, tone: 'text-bad' },
  absent: { icon: CircleX, tone: 'text-bad' },
};

/** Where the iteration belongs, who launched it and when, and the trainer that works on it. */
export const IterationLead = ({ view }: { view: IterationView }) => {
  const { run, state, createdAt, createdBy, trainer, plan } = view;
  const { icon: Icon, tone } = states[trainer?.state ?? ''] ?? { icon: Unplug, tone: 'text-check-repetition' };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <span>
        Run{' '}
        <Link href={`/runs/${run.id}`} className="text-accent underline">
          {run.name}
        </Link>
      </span>
      <span>{state}</span>
      <span>
        {plan ? 'launched' : 'imported'} {createdBy && `by ${createdBy} `}
        <time dateTime={createdAt}>{createdAt.slice(0, 16).replace('T', ' ')} UTC</time>
      </span>
      {trainer && (
        <span className="flex items-center gap-1">
          on
          <Link href="/train" className="text-accent underline">
            {trainer.name}
          </Link>
          <span className={`flex items-center gap-1 ${tone}`}>
            <Icon aria-hidden className="size-3.5" /> {trainer.state}
          </span>
        </span>
      )}
      {plan && !trainer && <span>ran on a trainer that is not registered here</span>}
    </div>
  );
};
