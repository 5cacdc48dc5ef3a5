'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useKeys } from '@/components/shell/keys';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import type { LaunchChoices } from '@/lib/domain/loop/launch-choices';
import { launchQuery } from '@/lib/queries/launch';
import { CostPanel } from './cost-panel';
import { FieldsAt } from './fields';
import { FormContext } from './form-state';
import { JobStage } from './job-stage';
import { LaunchButton, LaunchNews } from './launch-button';
import { AlignStage, GateStage } from './pair-stages';
import { RecipePicker } from './recipe-picker';
import { StageSection } from './stage-section';
import { TargetPanel } from './target-panel';
import { useLaunch } from './use-launch';

/** Ctrl or ⌘ with Enter launches, wherever one is on the screen. */
const useLaunchKey = (submit: () => void) => {
  const latest = useRef(submit);
  useEffect(() => {
    latest.current = submit;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  // Only for the help of this screen: the table of keys does not act while somebody types.
  useKeys(useMemo(() => [{ keys: ['Ctrl/⌘ + Enter'], says: 'Launch', run: () => undefined }], []));
};

/** Launches the next iteration of a run, or a new run. `initial` is what the server read for the first paint. */
export const LaunchForm = ({ runId, initial }: { runId: string | null; initial: LaunchChoices }) => {
  const { data: choices, error, refetch } = useQuery({ ...launchQuery(runId), initialData: initial });
  const launch = useLaunch(choices);
  useLaunchKey(launch.submit);
  const { form, target, onTarget, onBase, estimate } = launch;
  const trained = [
    ...(form.draft.on.explore ? form.draft.sets.explore : []),
    ...(form.draft.on.sample ? form.draft.sets.sample : []),
  ];
  const overlaps = choices.questionSets.filter(
    ({ id }) => trained.includes(id) && form.draft.sets.evaluate.includes(id),
  );
  const info = choices.trainers.find(({ id }) => id === target.trainerId)?.info;
  const cost = (
    <CostPanel
      estimate={estimate}
      spareBytes={info ? info.disk.freeBytes - info.limits.minFreeDiskBytes : null}
      pendingQuestions={launch.pendingQuestions}
    />
  );
  return (
    <FormContext value={form}>
      <form
        noValidate
        aria-label="Launch an iteration"
        className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]"
        onSubmit={(event) => {
          event.preventDefault();
          launch.submit();
        }}
      >
        <div className="flex min-w-0 flex-col gap-4">
          {error && <Failed error={error} onRetry={() => void refetch()} />}
          <TargetPanel choices={choices} target={target} isNameTaken={launch.isNameTaken} onTarget={onTarget} />
          <RecipePicker base={form.draft.base} previous={choices.run?.previous ?? null} onBase={onBase} />
          <JobStage stage="explore" sets={choices.questionSets} />
          <JobStage stage="sample" sets={choices.questionSets} />
          <GateStage />
          <AlignStage pairSets={choices.pairSets} />
          <JobStage
            stage="evaluate"
            sets={choices.questionSets}
            note={
              overlaps.length > 0
                ? `The policy is trained on ${overlaps.map(({ name }) => name).join(', ')} too: these answers are not held out.`
                : null
            }
          />
          <StageSection stage="curriculum">
            <FieldsAt paths={['curriculum.discard']} />
          </StageSection>
          <Panel title="For all stages">
            <FieldsAt paths={['seed', 'instruction']} />
          </Panel>
        </div>
        <aside aria-label="Summary" className="sticky bottom-0 z-10 xl:top-4 xl:bottom-auto">
          <Panel title="Cost" className="hidden xl:block">
            <div className="flex flex-col gap-4">
              {cost}
              <LaunchNews launch={launch} />
              <LaunchButton launch={launch} nextK={choices.run?.nextK ?? 0} />
            </div>
          </Panel>
          <div className="-mx-4 flex flex-col gap-2 border-line border-t bg-surface px-4 py-3 lg:-mx-6 lg:px-6 xl:hidden">
            <details>
              <summary className="cursor-pointer font-medium">Cost</summary>
              <div className="mt-2 max-h-[50vh] overflow-auto">{cost}</div>
            </details>
            <LaunchNews launch={launch} />
            <LaunchButton launch={launch} nextK={choices.run?.nextK ?? 0} />
          </div>
        </aside>
      </form>
    </FormContext>
  );
};
