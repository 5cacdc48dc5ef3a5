'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BarPlot, barPlotHeight } from '@/components/charts/bar-plot';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty, ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import type { Axis } from '@/components/charts/plot-types';
import { formatPercent } from '@/components/ui/number';
import type { LengthPairs } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { lengthPairsQuery } from '@/lib/queries/lengths';
import { pairBars, pairData, pairSummary } from './pair-bars';

const TITLE = 'Does longer win?';
const WAITING_PX = 160;
const axis: Axis = {
  label: 'Longer side chosen (50 %: no bias)',
  unit: null,
  format: (value) => formatPercent(value, 0),
  scale: 'linear',
  domain: [0, 1],
};

const Drawn = ({ pairs }: { pairs: LengthPairs }) => {
  const groups = useMemo(() => pairBars(pairs), [pairs]);
  const data = useMemo(() => pairData(pairs), [pairs]);
  if (groups.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={WAITING_PX}>
        {pairs.cells.length === 0
          ? 'No pairs are proposed from these slices.'
          : 'None of the pairs of these slices has two rollouts of different lengths as its sides.'}
      </ChartEmpty>
    );
  }
  return (
    <ChartPanel
      title={TITLE}
      summary={pairSummary(pairs)}
      data={data}
      height={barPlotHeight(groups)}
      name="lengths-longer-wins"
      note="A length bias would be learned. Length pairs prefer the longer side by their rule, and a reflection is composed of both chains: neither says anything of a bias. Ties stand apart. Whether a person voted blind is not recorded, so all votes of people are together; a policy’s approvals stand apart."
    >
      <BarPlot x={axis} groups={groups} />
    </ChartPanel>
  );
};

/** The length bias of what DPO learns from: of the rules, of people and of policies. */
export const PairPanel = ({ selection }: { selection: LengthSelection }) => {
  const { data, error, refetch } = useQuery(lengthPairsQuery(selection));
  if (error) return <ChartFailed title={TITLE} height={WAITING_PX} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ChartLoading title={TITLE} height={WAITING_PX} />;
  return <Drawn pairs={data} />;
};
