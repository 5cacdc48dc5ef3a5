'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty, ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import { LinePlot } from '@/components/charts/line-plot';
import type { Axis } from '@/components/charts/plot-types';
import { formatShort } from '@/components/ui/number';
import type { LengthSteps } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { lengthStepsQuery } from '@/lib/queries/lengths';
import { lengthAxis, toldOf } from './series-words';
import { stepData, stepSeries, stepSummary } from './steps';

const TITLE = 'Quantiles by step';
const HEIGHT_PX = 280;
const stepAxis: Axis = { label: 'Step of the policy', unit: null, format: formatShort, scale: 'linear' };

type DrawnProps = { steps: LengthSteps; about: LengthSelection; scale: LengthSelection['scale'] };

const Drawn = ({ steps, about, scale }: DrawnProps) => {
  const told = useMemo(() => toldOf(steps, about), [steps, about]);
  const series = useMemo(() => stepSeries(told, steps), [told, steps]);
  const data = useMemo(() => stepData(told, steps), [told, steps]);
  const y = useMemo(() => lengthAxis(told.unit, scale), [told.unit, scale]);
  const width = steps.width > 1 ? `Each point is of the rollouts of ${steps.width} steps, all of them. ` : '';
  return (
    <ChartPanel
      title={TITLE}
      summary={stepSummary(told, steps)}
      data={data}
      height={HEIGHT_PX}
      name="lengths-by-step"
      note={`${width}The median, the middle half and, lighter, 90 % of the rollouts.`}
    >
      <LinePlot x={stepAxis} y={y} series={series} />
    </ChartPanel>
  );
};

/** How lengths move while a stage samples; slices of one step, as evaluations are, have nothing to show here. */
export const StepPanel = ({ selection }: { selection: LengthSelection }) => {
  const { data, error, refetch } = useQuery(lengthStepsQuery(selection));
  if (error) return <ChartFailed title={TITLE} height={HEIGHT_PX} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ChartLoading title={TITLE} height={HEIGHT_PX} />;
  if (data.series.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={HEIGHT_PX}>
        None of these slices has lengths at more than one step of the policy.
      </ChartEmpty>
    );
  }
  // The scale is none of the answer's: it is drawn as it is asked for now.
  return <Drawn steps={data} about={data.about} scale={selection.scale} />;
};
