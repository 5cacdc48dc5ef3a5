'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { RunScope } from '@/components/runs/run-select';
import { useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import { askAboutRun } from '@/lib/actions/judges';
import type { JudgeView } from '@/lib/domain/judge/judge';
import { counted } from '@/lib/domain/text/counted';
import { judgeKeys, judgesQuery } from '@/lib/queries/judges';
import { taskKeys } from '@/lib/queries/tasks';
import { ChangeDialog } from './change-dialog';
import { type JudgeAct, JudgeCard } from './judge-card';
import { JudgeForm } from './judge-form';
import { JudgeTasks } from './judge-tasks';
import { RemoveDialog } from './remove-dialog';
import { ReportDialog } from './report-dialog';
import { RunFigures, type RunPlace } from './run-figures';
import { ScopeBar } from './scope-bar';
import { type JudgedRun, UseDialog } from './use-dialog';
import { WhatAJudgeIs } from './what-a-judge-is';

type JudgesScreenProps = {
  initial: JudgeView[];
  scopes: readonly RunScope[];
  /** Null while there is no run. */
  place: RunPlace | null;
  runs: readonly JudgedRun[];
  /** Owners and engineers add, ask and remove; reviewers see. */
  mayManage: boolean;
};

/** Judges, what they cost, who decided what in a run, and how far the held-out ones agree. */
export const JudgesScreen = ({ initial, scopes, place, runs, mayManage }: JudgesScreenProps) => {
  const client = useQueryClient();
  const { data: judges, error, refetch } = useQuery({ ...judgesQuery(), initialData: initial });
  const [act, setAct] = useState<{ readonly kind: JudgeAct; readonly id: string }>();
  const [said, setSaid] = useState('');
  const [failed, setFailed] = useState<string>();
  const [adding, setAdding] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const refresh = async (text?: string) => {
    if (text !== undefined) setSaid(text);
    await client.invalidateQueries({ queryKey: judgeKeys.all });
    await client.invalidateQueries({ queryKey: taskKeys.all });
  };
  const openForm = useMemo(
    () => () => {
      setAdding(true);
      requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
    },
    [],
  );
  useKeys(
    useMemo(() => (mayManage ? [{ keys: ['n'], says: 'Add a judge', run: openForm }] : []), [mayManage, openForm]),
  );

  const judgeOpen = async (judge: JudgeView) => {
    if (!place) return;
    const { runId, iterationId } = place;
    const result = await askAboutRun({ judgeId: judge.id, runId, iterationId, scope: { kind: 'open' } });
    setFailed(result.ok ? undefined : result.error.message);
    await refresh(result.ok ? `${judge.name} judges: ${counted(result.data, 'task')} queued.` : '');
  };
  const actsOf = (judge: JudgeView): JudgeAct[] => {
    if (!place) return [];
    if (judge.heldOut) return ['report'];
    const decidesHere = judge.versions.some((version) => version.runs.some(({ id }) => id === place.runId));
    return decidesHere ? ['judge', 'report'] : ['use', 'report'];
  };
  const chosen = judges.find(({ id }) => id === act?.id);
  const close = () => setAct(undefined);

  return (
    <>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {failed && <Failed error={new Error(failed)} />}
      <output className="text-ink-2 empty:hidden">{said}</output>
      {place && judges.length > 0 && (
        <>
          <ScopeBar scopes={scopes} place={place} />
          <RunFigures place={place} judges={judges} />
        </>
      )}
      <JudgeTasks />
      <Panel
        flush
        title="Judges"
        actions={mayManage && judges.length > 0 && !adding && <Button onClick={openForm}>Add a judge</Button>}
      >
        {judges.length === 0 && (
          <WhatAJudgeIs
            action={
              mayManage && !adding ? (
                <Button look="primary" onClick={openForm}>
                  Add a judge
                </Button>
              ) : null
            }
          />
        )}
        {judges.length > 0 && (
          <ul aria-label="Judges" className="divide-y divide-line">
            {judges.map((judge) => (
              <JudgeCard
                key={judge.id}
                judge={judge}
                mayManage={mayManage}
                acts={actsOf(judge)}
                onAct={(kind) => (kind === 'judge' ? void judgeOpen(judge) : setAct({ kind, id: judge.id }))}
                refresh={() => refresh()}
              />
            ))}
          </ul>
        )}
        {mayManage && adding && (
          <div ref={form} className="flex flex-col gap-3 border-line border-t p-4">
            <h3 className="font-medium">Add a judge</h3>
            <JudgeForm
              onDone={async (text) => {
                setAdding(false);
                await refresh(text);
              }}
            />
          </div>
        )}
      </Panel>
      {chosen && act?.kind === 'change' && <ChangeDialog judge={chosen} onClose={close} onDone={() => refresh()} />}
      {chosen && act?.kind === 'remove' && <RemoveDialog judge={chosen} onClose={close} onDone={() => refresh()} />}
      {chosen && act?.kind === 'use' && (
        <UseDialog judge={chosen} runs={runs} runId={place?.runId ?? null} onClose={close} onDone={refresh} />
      )}
      {chosen && place && act?.kind === 'report' && (
        <ReportDialog judge={chosen} place={place} onClose={close} onDone={refresh} />
      )}
    </>
  );
};
