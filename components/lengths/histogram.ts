/** Histograms as outlines, shares of their rollouts, so that slices of different sizes compare; and right and wrong stacked. */
import { meaningLook, plainLook } from '@/components/charts/look';
import type { LineSeries, StackColumn, StackPart } from '@/components/charts/plot-types';
import { formatPercent, formatShort } from '@/components/ui/number';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import type { LengthSeries, Lengths } from '@/lib/domain/lengths/schema';
import { counted, formatCount } from '@/lib/domain/text/counted';
import type { Multiple } from './multiples';
import { plotsByValue } from './plots-by-value';
import { looksOf, nameOf, nameOfSlice, rangeWords, rolloutsBehind, type Told } from './series-words';

const judgedWords = ({ correct, incorrect }: LengthSeries['bins'][number]): string[] =>
  correct + incorrect === 0 ? [] : [`${formatCount(correct)} right, ${formatCount(incorrect)} wrong`];

const outline = (told: Told, series: LengthSeries, edges: readonly number[]): LineSeries['points'] => {
  const { slice, value, n, bins, beyondEdges } = series;
  const name = nameOf(told, series);
  const steps = bins.map((bin, at) => {
    const [from, to] = [edges[at] ?? 0, (edges[at + 1] ?? 1) - 1];
    return {
      x: from,
      y: n === 0 ? null : bin.n / n,
      title: `${name}: ${rangeWords(from, to, told.unit)}`,
      lines: [
        `${formatPercent(n === 0 ? 0 : bin.n / n)}: ${formatCount(bin.n)} of ${counted(n, 'rollout')}`,
        ...judgedWords(bin),
      ],
      href: bin.n === 0 ? null : rolloutsBehind(told, { slice, value, from, to }),
    };
  });
  const end = edges.at(-1) ?? 0;
  return [
    ...steps,
    {
      x: end,
      y: 0,
      title: `${name}: ${formatCount(end)} ${told.unit} or more`,
      lines: [counted(beyondEdges, 'rollout')],
      href: beyondEdges === 0 ? null : rolloutsBehind(told, { slice, value, from: end }),
    },
  ];
};

export const histogramPlots = (told: Told, { slices, series, edges }: Lengths): Multiple[] => {
  const looks = looksOf(slices);
  return plotsByValue(told, series, (own) =>
    own.map((one) => ({
      key: `${one.slice} ${one.value}`,
      name: nameOf(told, one),
      short: nameOfSlice(told, one.slice),
      look: { ...(looks[one.slice] ?? plainLook), dash: '' },
      points: outline(told, one, edges),
      curve: 'step' as const,
    })),
  );
};

/** One row for each bin of each series. */
export const histogramData = (told: Told, { series, edges }: Lengths): ChartData => ({
  columns: [
    { key: 'from', label: 'From', unit: told.unit, format: 'count' },
    { key: 'to', label: 'To', unit: told.unit, format: 'count' },
    { key: 'name', label: 'Rollouts of', format: 'text' },
    { key: 'n', label: 'Rollouts', format: 'count' },
    { key: 'share', label: 'Share', format: 'share' },
    { key: 'correct', label: 'Right', format: 'count' },
    { key: 'incorrect', label: 'Wrong', format: 'count' },
  ],
  rows: series.flatMap((one) => {
    const bins = one.bins.map((bin, at) => ({ ...bin, from: edges[at] ?? 0, to: (edges[at + 1] ?? 1) - 1 }));
    const rest = { n: one.beyondEdges, correct: null, incorrect: null, from: edges.at(-1) ?? 0, to: null };
    return [...bins, ...(one.beyondEdges > 0 ? [rest] : [])].map(({ from, to, n, correct, incorrect }) => ({
      key: `${one.slice} ${one.value} ${from}`,
      cells: { from, to, name: nameOf(told, one), n, share: one.n === 0 ? null : n / one.n, correct, incorrect },
      href: n === 0 ? null : rolloutsBehind(told, { ...one, from, ...(to !== null && { to }) }),
    }));
  }),
});

export const histogramSummary = (told: Told, { series, edges }: Lengths): string => {
  const beyond = series.reduce((sum, { beyondEdges }) => sum + beyondEdges, 0);
  const medians = series
    .slice(0, 8)
    .flatMap((one) => (one.quantiles ? [`${nameOf(told, one)} ${formatCount(one.quantiles.p50)}`] : []));
  const tail =
    beyond > 0
      ? ` ${counted(beyond, 'rollout')} of ${formatCount(edges.at(-1) ?? 0)} ${told.unit} or more lie beyond the picture; a log scale shows them.`
      : '';
  return `Median ${told.unit}: ${medians.join('; ')}${series.length > 8 ? ' …' : ''}.${tail}`;
};

/** Of one series: right, wrong and unjudged on top of each other. */
export const stackOf = (told: Told, series: LengthSeries, edges: readonly number[]) => {
  const all = [
    { key: 'correct', name: 'Right', look: meaningLook('accuracy'), facet: 'yes' },
    { key: 'incorrect', name: 'Wrong', look: meaningLook('rejected'), hatched: true, facet: 'no' },
    { key: 'unjudged', name: 'Without a truth', look: plainLook, facet: 'unknown' },
  ] as const;
  const columns = series.bins.map(({ n, correct, incorrect }, at): StackColumn => {
    const values = { correct, incorrect, unjudged: n - correct - incorrect };
    const [from, to] = [edges[at] ?? 0, (edges[at + 1] ?? 1) - 1];
    const words = (part: (typeof all)[number]) => ({
      title: `${rangeWords(from, to, told.unit)}: ${part.name.toLowerCase()}`,
      lines: [`${formatCount(values[part.key])} of ${counted(n, 'rollout')}`],
      href: rolloutsBehind({ ...told, narrow: { ...told.narrow, correct: [part.facet] } }, { ...series, from, to }),
    });
    return {
      key: String(from),
      name: formatShort(from),
      values,
      words: { correct: words(all[0]), incorrect: words(all[1]), unjudged: words(all[2]) },
    };
  });
  const parts: StackPart[] = all
    .filter(({ key }) => key !== 'unjudged' || columns.some(({ values }) => (values.unjudged ?? 0) > 0))
    .map(({ facet: _, ...part }) => part);
  return { parts, columns };
};
