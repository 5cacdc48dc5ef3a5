'use client';
import { useMemo } from 'react';
import { BarPlot, barPlotHeight } from '@/components/charts/bar-plot';
import { ChartPanel } from '@/components/charts/chart-panel';
import { sliceLooks } from '@/components/charts/look';
import type { Bar, BarPlotProps } from '@/components/charts/plot-types';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { formatChange, formatMetric, metricTexts, verdictOf } from '@/lib/domain/comparison/metric-text';
import type { Metric } from '@/lib/domain/comparison/metrics';
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Changes, Comparison } from '@/lib/domain/comparison/schema';
import type { Narrow } from '@/lib/domain/slices/narrow';
import { formatSlice } from '@/lib/domain/slices/slice';
import { sliceRollouts } from './comparison-links';

/** Those in percent: they share an axis. */
export const drawnMetrics = [
  'accuracy',
  'correct',
  'inconsistent',
  'rightConsistent',
  'repetitive',
  'malformed',
  'cutOff',
] as const satisfies readonly Metric[];

type DifferencePanelProps = {
  readonly comparison: Comparison;
  readonly changes: Changes;
  readonly narrow: Narrow;
};

const groupsOf = ({ comparison: { slices }, changes, narrow }: DifferencePanelProps): BarPlotProps['groups'] => {
  const looks = sliceLooks(slices);
  return drawnMetrics.map((metric) => ({
    key: metric,
    name: metricTexts[metric].label,
    bars: slices.slice(1).flatMap((slice, at): Bar[] => {
      const difference = changes.sides[at]?.differences[metric];
      const look = looks.get(formatSlice(slice));
      if (!difference || !look) return [];
      const { interval, base, other } = difference;
      const name = nameAmong(slice, slices);
      return [
        {
          key: formatSlice(slice),
          value: interval ? interval.difference * 100 : null,
          ...(interval ? { low: interval.low * 100, high: interval.high * 100 } : {}),
          label: interval ? `${name} ${formatChange(metric, interval.difference)}` : `${name} –`,
          look,
          title: `${metricTexts[metric].label}, ${name}`,
          lines: [
            `${formatMetric(metric, base)} → ${formatMetric(metric, other)}`,
            interval
              ? `95 % interval ${formatChange(metric, interval.low)} to ${formatChange(metric, interval.high)} points`
              : 'Nothing to compare',
          ],
          href: sliceRollouts(slice, narrow, metricTexts[metric].facets),
        },
      ];
    }),
  }));
};

const dataOf = ({ comparison: { slices }, changes, narrow }: DifferencePanelProps): ChartData => ({
  columns: [
    { key: 'metric', label: 'Metric', format: 'text' },
    { key: 'slice', label: 'Slice', format: 'text' },
    { key: 'base', label: 'Baseline', format: 'share' },
    { key: 'other', label: 'Value', format: 'share' },
    { key: 'difference', label: 'Difference', format: 'share' },
    { key: 'low', label: '95 % from', format: 'share' },
    { key: 'high', label: '95 % to', format: 'share' },
  ],
  rows: drawnMetrics.flatMap((metric) =>
    slices.slice(1).flatMap((slice, at) => {
      const difference = changes.sides[at]?.differences[metric];
      if (!difference) return [];
      const { base, other, interval } = difference;
      return [
        {
          key: `${metric} ${formatSlice(slice)}`,
          cells: {
            metric: metricTexts[metric].label,
            slice: nameAmong(slice, slices),
            base,
            other,
            difference: interval?.difference ?? null,
            low: interval?.low ?? null,
            high: interval?.high ?? null,
          },
          href: sliceRollouts(slice, narrow, metricTexts[metric].facets),
        },
      ];
    }),
  ),
});

const words = { better: 'better', worse: 'worse', more: 'higher', less: 'lower', unclear: 'unclear' } as const;

const summaryOf = ({ comparison: { slices }, changes }: DifferencePanelProps): string =>
  slices
    .slice(1)
    .map((slice, at) => {
      const side = changes.sides[at];
      const said = drawnMetrics.flatMap((metric) => {
        const interval = side?.differences[metric].interval ?? null;
        const verdict = verdictOf(metric, interval);
        if (interval === null || verdict === 'unclear') return [];
        return `${metricTexts[metric].label.toLowerCase()} ${words[verdict]} by ${formatChange(metric, Math.abs(interval.difference)).slice(1)} points`;
      });
      return `${nameAmong(slice, slices)}: ${said.length === 0 ? 'no sure difference' : said.join(', ')}.`;
    })
    .join(' ');

const axis = {
  label: 'Difference to the baseline, percentage points',
  unit: 'points',
  format: (value: number) => (value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Math.abs(value)}`),
  scale: 'linear',
} as const;

/** Every rate's difference to the baseline with its interval. */
export const DifferencePanel = (props: DifferencePanelProps) => {
  const { comparison, changes, narrow } = props;
  const groups = useMemo(() => groupsOf({ comparison, changes, narrow }), [comparison, changes, narrow]);
  return (
    <ChartPanel
      title="Differences"
      summary={summaryOf(props)}
      data={dataOf(props)}
      height={barPlotHeight(groups)}
      name="differences"
      note="Bars that reach over 0 with their interval are no sure difference."
    >
      <BarPlot x={axis} groups={groups} />
    </ChartPanel>
  );
};
