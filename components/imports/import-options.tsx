import { useId } from 'react';
import { Field, Input, Select } from '@/components/ui/field';
import { type Stage, stageSchema, stages } from '@/lib/domain/rollout';

export type ImportOptions = {
  readonly run: string;
  readonly set: string;
  readonly iteration: number;
  /** Null: as the format says. */
  readonly stage: Stage | null;
  readonly source: string;
};

type ImportOptionsFormProps = {
  options: ImportOptions;
  onChange: (options: ImportOptions) => void;
  runNames: readonly string[];
  setNames: readonly string[];
  /** Some chosen file holds rollouts. */
  holdsRollouts: boolean;
  /** More than one file: then a source given by hand would make them one sampling. */
  several: boolean;
  errors: Readonly<Record<string, string[] | undefined>>;
};

/** Where the imported rows belong. */
export const ImportOptionsForm = ({
  options,
  onChange,
  runNames,
  setNames,
  holdsRollouts,
  several,
  errors,
}: ImportOptionsFormProps) => {
  const [runList, setList] = [useId(), useId()];
  const change = (part: Partial<ImportOptions>) => onChange({ ...options, ...part });
  return (
    <fieldset className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <legend className="sr-only">Where the rows belong</legend>
      <Field
        label={holdsRollouts ? 'Run' : 'Run (only for rollouts)'}
        hint="A new name makes a new run"
        errors={errors.run}
      >
        {(control) => (
          <>
            <Input
              {...control}
              list={runList}
              required={holdsRollouts}
              maxLength={200}
              value={options.run}
              onChange={(event) => change({ run: event.target.value })}
            />
            <datalist id={runList}>
              {runNames.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Question set"
        hint="Empty: the run's name for rollouts, the file's name for questions"
        errors={errors.set}
      >
        {(control) => (
          <>
            <Input
              {...control}
              list={setList}
              maxLength={200}
              value={options.set}
              onChange={(event) => change({ set: event.target.value })}
            />
            <datalist id={setList}>
              {setNames.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Iteration k"
        hint="0 is the activation, then one for each turn of the loop"
        errors={errors.iteration}
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            min={0}
            max={10_000}
            step={1}
            value={options.iteration}
            onChange={(event) => change({ iteration: Math.max(0, Math.trunc(event.target.valueAsNumber || 0)) })}
          />
        )}
      </Field>
      <Field label="Stage" hint="By format: eval for evaluations, grpo for the rest" errors={errors.stage}>
        {(control) => (
          <Select
            {...control}
            value={options.stage ?? ''}
            onChange={(event) => change({ stage: stageSchema.nullable().catch(null).parse(event.target.value) })}
          >
            <option value="">By format</option>
            {stages.map((stage) => (
              <option key={stage} value={stage}>
                {stage}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Source label"
        className="sm:col-span-2"
        hint={
          several
            ? 'Each file is labelled with its own name: two files are two samplings of the same questions'
            : "Empty: the file's name. The same bytes under another label are other samples"
        }
        errors={errors.source}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            disabled={several}
            value={several ? '' : options.source}
            onChange={(event) => change({ source: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
};
