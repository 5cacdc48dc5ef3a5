/** The figures of a job as the rows behind their chart. */
import type { ChartColumn, ChartData } from '@/lib/domain/charts/chart-data';
import type { Metric, MetricFormat } from '@/lib/domain/job-metrics';
import type { DrawnPoint } from '@/lib/domain/job-points';

const columnFormats: Readonly<Partial<Record<MetricFormat, ChartColumn['format']>>> = {
  share: 'share',
  seconds: 'seconds',
};

/** One row per drawn point: a step, or the mean of several. */
export const metricData = (metrics: readonly Metric[], points: readonly DrawnPoint[]): ChartData => ({
  columns: [
    { key: 'step', label: 'Step', format: 'text' },
    ...metrics.map(
      ({ name, label, format }): ChartColumn => ({
        key: name,
        label,
        format: columnFormats[format] ?? 'number',
        ...(format === 'tokens' ? { unit: 'tokens' } : format === 'rate' ? { unit: 'per second' } : {}),
      }),
    ),
  ],
  rows: points.map(({ from, to, values }) => ({
    key: String(to),
    cells: {
      ...Object.fromEntries(metrics.map(({ name }) => [name, values[name] ?? null])),
      step: from === to ? String(to) : `${from}–${to}`,
    },
    href: null,
  })),
});
