/** Quantiles over the iterations of a run, one ribbon for each of its stages. */
import { plainLook } from '@/components/charts/look';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { type LengthSeries, type Lengths, quantileShares } from '@/lib/domain/lengths/schema';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { Multiple } from './multiples';
import { plotsByValue } from './plots-by-value';
import { ribbonOf } from './ribbon';
import { looksOf, nameOf, nameOfSlice, rolloutsBehind, type Told } from './series-words';

/** What a ribbon goes through: the slices of one stage of one run. */
const stageOf = ({ slices }: Told, { slice }: LengthSeries): string =>
  `${slices[slice]?.runId} ${slices[slice]?.stage}`;

export const quantilePlots = (told: Told, { slices, series }: Lengths): Multiple[] => {
  const looks = looksOf(slices);
  return plotsByValue(told, series, (own) =>
    [...Map.groupBy(own, (one) => stageOf(told, one))].flatMap(([stage, ofStage]) => {
      const first = ofStage[0];
      const slice = first && slices[first.slice];
      if (!first || !slice) return [];
      const several = slices.some(({ runId }) => runId !== slice.runId);
      const name = sliceName(slice).replace(/ \d+$/, '');
      const points = ofStage
        .flatMap((one) => {
          const k = slices[one.slice]?.k;
          return one.quantiles && k !== undefined
            ? [{ x: k, n: one.n, quantiles: one.quantiles, title: nameOf(told, one), href: rolloutsBehind(told, one) }]
            : [];
        })
        .toSorted((a, b) => a.x - b.x);
      const short = several ? `${name} of ${slice.runName}` : name;
      return ribbonOf({ key: stage, name: short, short, look: looks[first.slice] ?? plainLook }, points);
    }),
  );
};

export const quantileData = (told: Told, { series }: Lengths): ChartData => ({
  columns: [
    { key: 'name', label: 'Rollouts of', format: 'text' },
    { key: 'n', label: 'Rollouts', format: 'count' },
    { key: 'mean', label: 'Mean', unit: told.unit, format: 'number' },
    ...Object.keys(quantileShares).map(
      (key) => ({ key, label: `${key.slice(1)} %`, unit: told.unit, format: 'count' }) as const,
    ),
    { key: 'longest', label: 'Longest', unit: told.unit, format: 'count' },
    { key: 'beyond99', label: 'Beyond 99 %', unit: 'rollouts', format: 'count' },
  ],
  rows: series.map((one) => ({
    key: `${one.slice} ${one.value}`,
    cells: {
      name: nameOf(told, one),
      n: one.n,
      mean: one.mean,
      ...one.quantiles,
      longest: one.longest,
      beyond99: one.beyond99,
    },
    href: rolloutsBehind(told, one),
  })),
});

export const quantileSummary = (told: Told, { series }: Lengths): string => {
  const [first, last] = [series[0], series.at(-1)];
  const lead = 'The median, the middle half and, lighter, 90 % of the rollouts.';
  if (!first?.quantiles || !last?.quantiles || first === last || told.facet !== null) return lead;
  const by = last.quantiles.p50 - first.quantiles.p50;
  const way =
    by === 0 ? 'the same as' : `${counted(Math.abs(by), told.unit.slice(0, -1))} ${by > 0 ? 'more' : 'less'} than`;
  return `${lead} The median of ${nameOfSlice(told, last.slice)} is ${formatCount(last.quantiles.p50)}, ${way} the ${formatCount(first.quantiles.p50)} of ${nameOfSlice(told, first.slice)}.`;
};
