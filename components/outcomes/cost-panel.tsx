'use client';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty } from '@/components/charts/chart-state';
import { lookOf, plainLook } from '@/components/charts/look';
import type { StackPlotProps } from '@/components/charts/plot-types';
import { StackPlot, stackPlotHeight } from '@/components/charts/stack-plot';
import { Field, Input } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { type Costs, deviceHours, rateOf, type StageCost, stageCosts } from '@/lib/domain/outcomes/cost';
import type { Outcomes } from '@/lib/domain/outcomes/schema';
import { counted } from '@/lib/domain/text/counted';
import {
  costSummary,
  ratioRows,
  ratioText,
  secondsText,
  stageCostName,
  timeText,
  timeUnitOf,
  unitNames,
} from './cost-names';
import { CostTable } from './cost-table';
import { OutcomesState } from './outcomes-state';
import { usePrice } from './use-price';

const TITLE = 'Trainer time by stage';
const WAITING_PX = 260;

const keyOf = ({ iterationId, kind }: StageCost): string => `${iterationId} ${kind}`;

const plotOf = (stages: readonly StageCost[]): StackPlotProps => {
  const superseded = stages.some((stage) => stage.superseded > 0);
  const unit = timeUnitOf(Math.max(0, ...stages.map((stage) => (stage.seconds ?? 0) + stage.superseded)));
  return {
    direction: 'rows',
    value: {
      label: `Trainer time, ${unit.name}`,
      unit: null,
      format: (value) => `${Number(value.toPrecision(3))} ${unit.short}`,
      scale: 'linear',
    },
    category: { label: 'Stage', unit: null },
    parts: [
      { key: 'seconds', name: 'Of the job that counts', look: lookOf(0) },
      ...(superseded ? [{ key: 'superseded', name: 'Of superseded jobs', look: plainLook, hatched: true }] : []),
    ],
    columns: stages.map((stage) => {
      const rate = rateOf(stage.jobs.filter((job) => !job.superseded));
      const each =
        rate.secondsPerUnit === null
          ? []
          : [`${secondsText(rate.secondsPerUnit)} each of ${counted(Math.round(rate.units), unitNames[stage.kind])}`];
      const href = `/iterations/${stage.iterationId}` as const;
      return {
        key: keyOf(stage),
        name: stageCostName(stage),
        values: { seconds: (stage.seconds ?? 0) / unit.seconds, superseded: stage.superseded / unit.seconds },
        words: {
          seconds: { title: stageCostName(stage), lines: [timeText(stage.seconds), ...each], href },
          superseded: {
            title: `${stageCostName(stage)}, superseded jobs`,
            lines: [`${timeText(stage.superseded)}, spent for nothing that follows`],
            href,
          },
        },
      };
    }),
  };
};

const dataOf = (stages: readonly StageCost[]): ChartData => ({
  columns: [
    { key: 'stage', label: 'Stage', format: 'text' },
    { key: 'seconds', label: 'Trainer time', format: 'seconds' },
    { key: 'hours', label: 'Device-hours', format: 'number' },
    { key: 'superseded', label: 'Superseded', format: 'seconds' },
    { key: 'steps', label: 'Steps', format: 'count' },
    { key: 'units', label: 'Work', unit: 'rollouts, pairs or answers', format: 'count' },
    { key: 'each', label: 'Each took', format: 'seconds' },
    { key: 'clock', label: 'By the clock', format: 'seconds' },
  ],
  rows: stages.map((stage) => {
    const counting = stage.jobs.filter((job) => !job.superseded);
    const job = counting.at(-1);
    return {
      key: keyOf(stage),
      cells: {
        stage: stageCostName(stage),
        seconds: stage.seconds,
        hours: stage.seconds === null ? null : deviceHours(stage.seconds),
        superseded: stage.superseded,
        steps: job?.steps ?? null,
        units: job?.units ?? null,
        each: rateOf(counting).secondsPerUnit,
        clock: job?.clockSeconds ?? null,
      },
      href: `/iterations/${stage.iterationId}`,
    };
  }),
});

const Ratios = ({ costs }: { costs: Costs }) => (
  <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
    {ratioRows(costs.jobs).map(({ key, name, ratio, numerator, denominator }) => (
      <div key={key} className="rounded-md border border-line px-3 py-2">
        <div className="text-ink-2 text-xs">{name}</div>
        <div className="font-semibold text-lg tabular-nums">{ratioText(ratio)}</div>
        {ratio !== null && (
          <dl className="text-ink-3 text-xs tabular-nums">
            <div>
              <dt className="inline">GRPO </dt>
              <dd className="inline">{numerator}</dd>
            </div>
            <div>
              <dt className="inline">DPO </dt>
              <dd className="inline">{denominator}</dd>
            </div>
          </dl>
        )}
      </div>
    ))}
  </div>
);

/** What the studio's own clock knows of the stages between, and what nobody knows. */
const Between = ({ iterations }: { iterations: Costs['iterations'] }) => {
  const looped = iterations.filter(({ imported }) => !imported);
  const said = iterations.flatMap(({ k, verifySeconds, curateSeconds }) => [
    ...(verifySeconds === null ? [] : [`Verify ${k}: ${timeText(verifySeconds)}`]),
    ...(curateSeconds === null ? [] : [`Curate ${k}, people included: ${timeText(curateSeconds)}`]),
  ]);
  const imported = iterations.filter((each) => each.imported).map(({ k }) => k);
  return (
    <>
      <p>
        {said.length > 0
          ? `By the studio’s clock: ${said.join(' · ')}.`
          : 'Verify and curate: the studio kept no time of them for this run, so they are not here.'}
        {said.length > 0 && looped.length > 0 && ' What the loop verified by itself has no time of its own.'}
      </p>
      {imported.length > 0 && (
        <p>
          {imported.length === 1 ? `Iteration ${imported[0]} was` : `Iterations ${imported.join(', ')} were`} imported:
          no job of a trainer here, so no time.
        </p>
      )}
    </>
  );
};

const Drawn = ({ costs, quadrants }: Pick<Outcomes, 'costs' | 'quadrants'>) => {
  const [text, price, setText] = usePrice();
  const stages = useMemo(() => stageCosts(costs.jobs), [costs.jobs]);
  const plot = useMemo(() => plotOf(stages), [stages]);
  const data = useMemo(() => dataOf(stages), [stages]);
  if (stages.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={WAITING_PX}>
        {costs.iterations.some(({ imported }) => !imported)
          ? 'No job of this run has been asked of a trainer yet.'
          : 'The rollouts of this run were imported: no job of a trainer here, so nobody measured what they took.'}
      </ChartEmpty>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ChartPanel
        title={TITLE}
        summary={costSummary(costs)}
        data={data}
        height={stackPlotHeight(plot.columns, 'rows')}
        name="trainer-time-by-stage"
      >
        <StackPlot {...plot} />
      </ChartPanel>
      <Panel title="Time and cost">
        <div className="flex flex-col gap-4">
          <Ratios costs={costs} />
          <p className="text-ink-2 text-xs">
            The method reports its DPO stage 7× faster than GRPO and leaves open per what. Per example is our reading: a
            line of the training data, which to GRPO is a question with its whole group of rollouts, and to DPO a pair.
          </p>
          <div className="w-56">
            <Field
              label="Price per device-hour"
              hint={price === null ? 'Turns device-hours into money.' : 'In whatever currency you typed it.'}
              errors={text !== '' && price === null ? ['A price is a number above 0, such as 2.5'] : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  placeholder="none"
                  value={text}
                  onChange={({ target }) => setText(target.value)}
                />
              )}
            </Field>
          </div>
          <CostTable stages={stages} quadrants={quadrants} price={price} />
          <div className="flex flex-col gap-1 text-ink-2 text-xs">
            <p>
              Trainer’s time is what the trainer measured of its own work, of a recorded run when it was recorded;
              loading weights and waiting are not in it. By the clock is from the start of the last attempt to its end,
              on the trainer’s clock. A device-hour is an hour of that work on the one device that a job holds. DPO
              reports no tokens.
            </p>
            <Between iterations={costs.iterations} />
          </div>
        </div>
      </Panel>
    </div>
  );
};

/** What the stages of a run took, what each thing they did took, and how GRPO and DPO compare; with a price, in money. */
export const CostPanel = ({ runId }: { runId: string }) => (
  <OutcomesState runId={runId} title={TITLE} height={WAITING_PX}>
    {({ costs, quadrants }) => <Drawn costs={costs} quadrants={quadrants} />}
  </OutcomesState>
);
