import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { formatBytes } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { CheckpointChoice, LaunchChoices } from '@/lib/domain/loop/launch-choices';
import { BUILT_BASE, baseChoices, leftWeights, startWeights, type Target } from '@/lib/domain/loop/target';
import { BuiltFields } from './built-fields';
import { useForm } from './form-state';

type TargetPanelProps = {
  choices: LaunchChoices;
  target: Target;
  isNameTaken: boolean;
  onTarget: (part: Partial<Target>) => void;
};

const checkpointText = ({ run, stage, k, state, step, model }: CheckpointChoice): string => {
  if (stage === 'base') return `${run.name}: base, ${model}`;
  const broken = state === 'failed' || state === 'cancelled' ? ` (it ${state === 'failed' ? '' : 'was '}${state})` : '';
  return `${run.name}: iteration ${k ?? '–'}${broken}, ${stage}, step ${step}`;
};

/** Offers what an iteration left that broke off: nobody starts from it by accident, or overlooks it. */
const LeftNote = ({ left, onTake }: { left: CheckpointChoice; onTake: () => void }) => (
  <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
    <span>
      Iteration {left.k} {left.state === 'failed' ? 'failed' : 'was cancelled'}, and left its weights of {left.stage},
      step {left.step}.
    </span>
    <Button onClick={onTake}>Start from these</Button>
  </p>
);

/** Which run goes on, from which weights, and on which machine. */
export const TargetPanel = ({ choices, target, isNameTaken, onTarget }: TargetPanelProps) => {
  const router = useRouter();
  const { draft, act } = useForm();
  const { run, runs, trainers, checkpoints } = choices;
  const trainer = trainers.find(({ id }) => id === target.trainerId);
  const newest = startWeights(choices, { ...target, startCheckpointId: null });
  const left = leftWeights(choices);
  const bases = baseChoices(trainer);
  const builtRandom = target.base === BUILT_BASE;
  return (
    <Panel title="Run and trainer">
      <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Field
          label="Run"
          hint={run ? `This will be iteration ${run.nextK}.` : 'This will be iteration 0 of a new run.'}
        >
          {(control) => (
            <Select
              {...control}
              value={run?.id ?? ''}
              onChange={({ target: { value } }) =>
                router.push(value === '' ? '/train/launch' : `/train/launch?run=${value}`)
              }
            >
              <option value="">a new run</option>
              {runs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {run ? (
          <Field
            label="Starts from"
            hint={
              newest
                ? `Its newest are of ${checkpointText(newest)}.`
                : 'None of its weights are here: its rollouts were imported, or no checkpoint was kept. Choose some.'
            }
          >
            {(control) => (
              <Select
                {...control}
                value={target.startCheckpointId ?? ''}
                onChange={({ target: { value } }) => onTarget({ startCheckpointId: value === '' ? null : value })}
              >
                <option value="">{newest ? 'its newest weights' : 'none'}</option>
                {checkpoints.map((checkpoint) => (
                  <option key={checkpoint.id} value={checkpoint.id}>
                    {checkpointText(checkpoint)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <>
            <Field
              label="Name of the run"
              hint="What this campaign is called everywhere."
              errors={isNameTaken ? ['There is such a run already: continue it, or choose another name'] : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  value={target.name}
                  onChange={({ target: { value } }) => onTarget({ name: value })}
                />
              )}
            </Field>
            <Field
              label="Base model"
              hint={
                builtRandom
                  ? 'Random weights answer nothing right, and GRPO finds nothing to reward in them.'
                  : 'A folder of the trainer’s models.'
              }
            >
              {(control) => (
                <Select
                  {...control}
                  value={target.base}
                  onChange={({ target: { value } }) => onTarget({ base: value })}
                >
                  {bases.length === 0 && <option value="">the trainer has not said what it has</option>}
                  {bases.map(({ key, label }) => (
                    <option key={key} value={key}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {builtRandom && <BuiltFields texts={target.built} onTexts={(built) => onTarget({ built })} />}
          </>
        )}
        <Field
          label="Trainer"
          hint={
            trainer?.info
              ? `${formatBytes(trainer.info.disk.freeBytes)} free on its disk${trainer.skew ? `. ${trainer.skew}` : ''}`
              : (trainer?.sentence ?? 'Register one in Settings.')
          }
        >
          {(control) => (
            <Select
              {...control}
              value={target.trainerId}
              onChange={({ target: { value } }) => {
                const next = trainers.find(({ id }) => id === value);
                onTarget({ trainerId: value, base: baseChoices(next)[0]?.key ?? '' });
                act({ type: 'place', device: null });
              }}
            >
              {trainers.length === 0 && <option value="">none is registered</option>}
              {trainers.map(({ id, name, state }) => (
                <option key={id} value={id}>
                  {name} ({state})
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Device" hint="One job runs on a device at a time; others wait in its queue.">
          {(control) => (
            <Select
              {...control}
              value={draft.device ?? ''}
              onChange={({ target: { value } }) => act({ type: 'place', device: value === '' ? null : value })}
            >
              <option value="">the first free one</option>
              {(trainer?.info?.devices ?? []).map(({ name, model }) => (
                <option key={name} value={name}>
                  {name} ({model})
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Engine" hint="What trains: the built-in one, or another that the trainer has.">
          {(control) => (
            <Select
              {...control}
              value={draft.engine}
              onChange={({ target: { value } }) => act({ type: 'place', engine: value })}
            >
              {(trainer?.info?.engines ?? [{ name: draft.engine, available: true, reason: null }]).map((engine) => (
                <option key={engine.name} value={engine.name} disabled={!engine.available}>
                  {engine.name}
                  {engine.available ? '' : ` (${engine.reason ?? 'not available'})`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {left && target.startCheckpointId !== left.id && (
        <LeftNote left={left} onTake={() => onTarget({ startCheckpointId: left.id })} />
      )}
    </Panel>
  );
};
