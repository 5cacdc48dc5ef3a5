/** Distribution functions: which share of the rollouts is no longer than a length. */
import { plainLook } from '@/components/charts/look';
import { formatPercent } from '@/components/ui/number';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import type { Lengths } from '@/lib/domain/lengths/schema';
import { formatCount } from '@/lib/domain/text/counted';
import type { Multiple } from './multiples';
import { plotsByValue } from './plots-by-value';
import { looksOf, nameOf, nameOfSlice, rolloutsBehind, type Told } from './series-words';

export const ecdfPlots = (told: Told, { slices, series }: Lengths): Multiple[] => {
  const looks = looksOf(slices);
  return plotsByValue(told, series, (own) =>
    own.map((one) => ({
      key: `${one.slice} ${one.value}`,
      name: nameOf(told, one),
      short: nameOfSlice(told, one.slice),
      look: looks[one.slice] ?? plainLook,
      curve: 'step' as const,
      points: one.ecdf.map(({ length, upto }) => ({
        x: length,
        y: upto / one.n,
        title: `${nameOf(told, one)}: up to ${formatCount(length)} ${told.unit}`,
        lines: [`${formatPercent(upto / one.n)}: ${formatCount(upto)} of ${formatCount(one.n)} rollouts`],
        href: rolloutsBehind(told, { ...one, to: length }),
      })),
    })),
  );
};

export const ecdfData = (told: Told, { series }: Lengths): ChartData => ({
  columns: [
    { key: 'length', label: 'Up to', unit: told.unit, format: 'count' },
    { key: 'name', label: 'Rollouts of', format: 'text' },
    { key: 'upto', label: 'Rollouts', format: 'count' },
    { key: 'share', label: 'Share', format: 'share' },
  ],
  rows: series.flatMap((one) =>
    one.ecdf.map(({ length, upto }) => ({
      key: `${one.slice} ${one.value} ${length}`,
      cells: { length, name: nameOf(told, one), upto, share: upto / one.n },
      href: rolloutsBehind(told, { ...one, to: length }),
    })),
  ),
});

export const ecdfSummary = (told: Told, { series }: Lengths): string => {
  const some = series
    .slice(0, 8)
    .flatMap((one) => (one.quantiles ? [`${nameOf(told, one)} ${formatCount(one.quantiles.p95)}`] : []));
  return `The share of rollouts no longer than a length; every drawn point is exact. 95 % are no longer than: ${some.join('; ')}${series.length > 8 ? ' …' : ''}.`;
};
