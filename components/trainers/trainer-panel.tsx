'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty, Failed } from '@/components/ui/states';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { trainersQuery } from '@/lib/queries/trainers';
import { TrainerFacts } from './trainer-facts';
import { TrainerHead } from './trainer-head';

const NoTrainer = () => (
  <Empty
    title="No trainer yet"
    action={
      <Button asChild>
        <Link href="/settings#trainers">Register a trainer</Link>
      </Button>
    }
  >
    A trainer is the machine that trains. <code>npm start</code> brings one along unless it is switched off; a GPU host
    is registered by address and token.
  </Empty>
);

/** The machines that train, with what they have, as they are now. `initial` is what the server read for the first paint. */
export const TrainerPanel = ({ initial }: { initial: TrainerView[] }) => {
  const { data, error, refetch } = useQuery({ ...trainersQuery(), initialData: initial });
  return (
    <Panel
      title="Trainers"
      flush
      actions={
        <Button asChild look="quiet">
          <Link href="/settings#trainers">Manage</Link>
        </Button>
      }
    >
      {error && (
        <div className="p-4">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data.length === 0 ? (
        <NoTrainer />
      ) : (
        <ul aria-label="Trainers" className="divide-y divide-line">
          {data.map((trainer) => (
            <li key={trainer.id} className="flex flex-col gap-2 px-4 py-3">
              <TrainerHead trainer={trainer} />
              {trainer.state === 'online' && trainer.info && (
                <TrainerFacts name={trainer.name} info={trainer.info} jobs={trainer.jobs} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
