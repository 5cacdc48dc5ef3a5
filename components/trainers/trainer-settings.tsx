'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import { askTrainer } from '@/lib/actions/trainers';
import type { TrainerView } from '@/lib/domain/trainer-view';
import { trainerKeys, trainersQuery } from '@/lib/queries/trainers';
import { ForgetDialog } from './forget-dialog';
import { TrainerFacts } from './trainer-facts';
import { TrainerForm } from './trainer-form';
import { TrainerHead } from './trainer-head';

type RowProps = { trainer: TrainerView; mayManage: boolean; onForget: () => void; refresh: () => Promise<unknown> };

const TrainerRow = ({ trainer, mayManage, onForget, refresh }: RowProps) => {
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const askable = trainer.state !== 'preparing' && trainer.state !== 'absent';
  const ask = () =>
    start(async () => {
      const result = await askTrainer({ id: trainer.id });
      setError(result.ok ? undefined : result.error.message);
      await refresh();
    });
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <TrainerHead trainer={trainer}>
        {mayManage && askable && (
          <Button disabled={pending} aria-label={`Check now: ${trainer.name}`} onClick={ask}>
            Check now
          </Button>
        )}
        {mayManage && (!trainer.local || trainer.state === 'absent') && (
          <Button look="danger" aria-label={`Forget ${trainer.name}`} onClick={onForget}>
            Forget
          </Button>
        )}
      </TrainerHead>
      {trainer.rewardUrl && (
        <p className="break-all text-ink-2">
          Asks for rewards at <span className="font-mono text-xs">{trainer.rewardUrl}</span>
        </p>
      )}
      {error && <Failed error={new Error(error)} />}
      {trainer.info && (
        <details open={trainer.state === 'online'}>
          <summary className="cursor-pointer text-ink-2">
            {trainer.state === 'online' ? 'What it has' : 'What it had when it last answered'}
          </summary>
          <div className="mt-2">
            <TrainerFacts name={trainer.name} info={trainer.info} jobs={trainer.jobs} />
          </div>
        </details>
      )}
    </li>
  );
};

type TrainerSettingsProps = {
  initial: TrainerView[];
  /** Owners and engineers register, check and forget; reviewers see. */
  mayManage: boolean;
  studioUrl: string;
};

/** Trainers, their health and versions; and the form that registers another one. */
export const TrainerSettings = ({ initial, mayManage, studioUrl }: TrainerSettingsProps) => {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...trainersQuery(), initialData: initial });
  const [forgetting, setForgetting] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: trainerKeys.all });
  const doomed = data.find(({ id }) => id === forgetting);
  return (
    <Panel id="trainers" title="Trainers" flush className="min-w-0 scroll-mt-4">
      {error && (
        <div className="p-4">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">
          None is registered. <code>npm start</code> brings one for this machine along, unless it is switched off.
        </p>
      ) : (
        <ul aria-label="Trainers" className="divide-y divide-line">
          {data.map((trainer) => (
            <TrainerRow
              key={trainer.id}
              trainer={trainer}
              mayManage={mayManage}
              refresh={refresh}
              onForget={() => setForgetting(trainer.id)}
            />
          ))}
        </ul>
      )}
      {mayManage && (
        <div className="flex flex-col gap-3 border-line border-t p-4">
          <h3 className="font-medium">Register a trainer</h3>
          <TrainerForm studioUrl={studioUrl} onDone={refresh} />
        </div>
      )}
      {doomed && <ForgetDialog trainer={doomed} onClose={() => setForgetting(undefined)} onDone={refresh} />}
    </Panel>
  );
};
