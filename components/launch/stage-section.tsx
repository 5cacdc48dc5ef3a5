import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { changedPaths, type PlanStage } from '@/lib/domain/loop/draft';
import { useForm } from './form-state';
import { stageNames, stageSays } from './stage-text';

/** One stage of the plan: switched on or passed over, with its fields while it is on. */
export const StageSection = ({ stage, children }: { stage: PlanStage; children: ReactNode }) => {
  const { draft, problems, act } = useForm();
  const on = draft.on[stage];
  const changed = changedPaths(draft, stage);
  return (
    <Panel
      aria-label={stageNames[stage]}
      className={cx(!on && 'border-dashed')}
      title={
        <label className="flex cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={on}
            onChange={({ target }) => act({ type: 'stage', stage, on: target.checked })}
            className="size-4 accent-accent"
          />
          <span className={cx(!on && 'text-ink-2')}>{stageNames[stage]}</span>
        </label>
      }
      actions={
        on && changed.length > 0 ? (
          <button
            type="button"
            onClick={() => act({ type: 'reset', paths: changed })}
            className="text-accent text-xs hover:underline"
          >
            {changed.length} changed · reset
          </button>
        ) : (
          <span className="text-ink-3 text-xs">{on ? '' : 'passed over'}</span>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{stageSays[stage]}</p>
        {problems[stage] && (
          <p role="alert" data-problem className="text-bad">
            {problems[stage]}
          </p>
        )}
        {on && children}
      </div>
    </Panel>
  );
};
