/** Quantiles over the steps of the policy, one ribbon for each slice. */
import { plainLook } from '@/components/charts/look';
import type { LineSeries } from '@/components/charts/plot-types';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import type { LengthSteps } from '@/lib/domain/lengths/schema';
import { formatCount } from '@/lib/domain/text/counted';
import { ribbonOf } from './ribbon';
import { looksOf, nameOfSlice, rolloutsBehind, type Told } from './series-words';

const stepWords = (from: number, to: number): string => (from === to ? `step ${from}` : `steps ${from} to ${to}`);

export const stepSeries = (told: Told, { slices, series }: LengthSteps): LineSeries[] => {
  const looks = looksOf(slices);
  return series.flatMap(({ slice, points }) =>
    ribbonOf(
      {
        key: String(slice),
        name: nameOfSlice(told, slice),
        short: nameOfSlice(told, slice),
        look: looks[slice] ?? plainLook,
      },
      points.map(({ from, to, n, ...quantiles }) => ({
        x: from,
        n,
        quantiles,
        title: `${nameOfSlice(told, slice)}, ${stepWords(from, to)}`,
        href: rolloutsBehind(told, { slice, value: null, stepMin: from, stepMax: to }),
      })),
    ),
  );
};

export const stepData = (told: Told, { series }: LengthSteps): ChartData => ({
  columns: [
    { key: 'from', label: 'From step', format: 'count' },
    { key: 'to', label: 'To step', format: 'count' },
    { key: 'name', label: 'Rollouts of', format: 'text' },
    { key: 'n', label: 'Rollouts', format: 'count' },
    ...(['p5', 'p25', 'p50', 'p75', 'p95'] as const).map(
      (key) => ({ key, label: `${key.slice(1)} %`, unit: told.unit, format: 'count' }) as const,
    ),
  ],
  rows: series.flatMap(({ slice, points }) =>
    points.map((point) => ({
      key: `${slice} ${point.from}`,
      cells: { ...point, name: nameOfSlice(told, slice) },
      href: rolloutsBehind(told, { slice, value: null, stepMin: point.from, stepMax: point.to }),
    })),
  ),
});

export const stepSummary = (told: Told, { series }: LengthSteps): string => {
  const some = series.slice(0, 6).flatMap(({ slice, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || first === last) return [];
    return [`${nameOfSlice(told, slice)} from ${formatCount(first.p50)} to ${formatCount(last.p50)}`];
  });
  return `Median ${told.unit}, from the first to the last point: ${some.join('; ')}.`;
};
