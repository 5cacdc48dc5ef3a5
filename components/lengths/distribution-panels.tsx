'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty, ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import type { Axis } from '@/components/charts/plot-types';
import { StackPlot } from '@/components/charts/stack-plot';
import { cx } from '@/components/ui/cx';
import { formatPercent, formatShort } from '@/components/ui/number';
import type { Lengths } from '@/lib/domain/lengths/schema';
import type { LengthSelection } from '@/lib/domain/lengths/selection';
import { counted } from '@/lib/domain/text/counted';
import { lengthsQuery } from '@/lib/queries/lengths';
import { accuracyData, accuracyPlots, accuracySummary } from './accuracy';
import { ecdfData, ecdfPlots, ecdfSummary } from './ecdf';
import { histogramData, histogramPlots, histogramSummary, stackOf } from './histogram';
import { Multiples, TITLE_PX } from './multiples';
import { quantileData, quantilePlots, quantileSummary } from './quantiles';
import { facetWords, lengthAxis, nameOf, type Told, toldOf } from './series-words';

const HEIGHT_PX = 280;

const shareAxis = (label: string, whole: boolean): Axis => ({
  label,
  unit: null,
  format: (value) => formatPercent(value, value < 0.1 && value > 0 ? 1 : 0),
  scale: 'linear',
  ...(whole && { domain: [0, 1] as const }),
});

/** What the charts leave out, or show only roughly; null where they show everything. */
const noteOf = (told: Told, { series, hiddenValues }: Lengths): string | null => {
  const sum = (pick: (one: Lengths['series'][number]) => number) => series.reduce((all, one) => all + pick(one), 0);
  const [n, estimated, uncounted] = [sum((one) => one.n), sum((one) => one.estimated), sum((one) => one.uncounted)];
  const parts = [
    hiddenValues > 0 ? `The ${counted(hiddenValues, 'value')} with the fewest rollouts are left out.` : '',
    uncounted > 0 ? `${counted(uncounted, 'rollout')} without a count of ${told.unit} yet are left out.` : '',
    estimated > 0 ? `Tokens of ${formatPercent(estimated / n)} of the rollouts are estimated.` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : null;
};

const titles = ['Histogram', 'Distribution function', 'Length against accuracy', 'Quantiles by iteration'] as const;

type PanelProps = { readonly lengths: Lengths; readonly selection: LengthSelection };

const Histogram = ({ lengths, selection }: PanelProps) => {
  const told = useMemo(() => toldOf(lengths, selection), [lengths, selection]);
  const plots = useMemo(() => histogramPlots(told, lengths), [told, lengths]);
  const data = useMemo(() => histogramData(told, lengths), [told, lengths]);
  const [x, y] = useMemo(
    () => [
      lengthAxis(told.unit, selection.scale, endsOf(lengths.edges, selection.scale)),
      shareAxis('Share of rollouts', false),
    ],
    [told.unit, selection.scale, lengths.edges],
  );
  return (
    <ChartPanel
      title={`Histogram${facetWords(told.facet)}`}
      summary={histogramSummary(told, lengths)}
      data={data}
      height={heightOf(plots)}
      name="lengths-histogram"
      note={noteOf(told, lengths)}
    >
      <Multiples x={x} y={y} plots={plots} />
    </ChartPanel>
  );
};

const endsOf = (edges: readonly number[], scale: LengthSelection['scale']): readonly [number, number] | undefined => {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  return scale === 'linear' && low < high ? [low, high] : undefined;
};

const heightOf = (plots: readonly unknown[]): number => HEIGHT_PX + (plots.length > 1 ? TITLE_PX : 0);

const Stack = ({ lengths, selection }: PanelProps) => {
  const told = useMemo(() => toldOf(lengths, selection), [lengths, selection]);
  const [only] = lengths.series;
  const stack = useMemo(() => only && stackOf(told, only, lengths.edges), [told, only, lengths.edges]);
  const data = useMemo(() => histogramData(told, lengths), [told, lengths]);
  const value = useMemo((): Axis => ({ label: 'Rollouts', unit: null, format: formatShort, scale: 'linear' }), []);
  if (!only || !stack) return null;
  const right = only.bins.reduce((sum, { correct }) => sum + correct, 0);
  const wrong = only.bins.reduce((sum, { incorrect }) => sum + incorrect, 0);
  return (
    <ChartPanel
      title="Right and wrong by length"
      summary={`${nameOf(told, only)}: ${counted(right, 'right rollout')} and ${counted(wrong, 'wrong one')} in the bins of the histogram.`}
      data={data}
      height={HEIGHT_PX}
      name="lengths-right-and-wrong"
    >
      <StackPlot direction="columns" value={value} category={{ label: 'Thinking', unit: told.unit }} {...stack} />
    </ChartPanel>
  );
};

const Ecdf = ({ lengths, selection }: PanelProps) => {
  const told = useMemo(() => toldOf(lengths, selection), [lengths, selection]);
  const plots = useMemo(() => ecdfPlots(told, lengths), [told, lengths]);
  const data = useMemo(() => ecdfData(told, lengths), [told, lengths]);
  const [x, y] = useMemo(
    () => [lengthAxis(told.unit, selection.scale), shareAxis('Share no longer', true)],
    [told.unit, selection.scale],
  );
  return (
    <ChartPanel
      title={`Distribution function${facetWords(told.facet)}`}
      summary={ecdfSummary(told, lengths)}
      data={data}
      height={heightOf(plots)}
      name="lengths-distribution"
    >
      <Multiples x={x} y={y} plots={plots} />
    </ChartPanel>
  );
};

/** Ticks only at iterations that are there. */
const iterationAxis = (ks: ReadonlySet<number>): Axis => ({
  label: 'Iteration',
  unit: null,
  format: (value) => (ks.has(value) ? `k = ${value}` : ''),
  scale: 'linear',
});

const Quantiles = ({ lengths, selection }: PanelProps) => {
  const told = useMemo(() => toldOf(lengths, selection), [lengths, selection]);
  const plots = useMemo(() => quantilePlots(told, lengths), [told, lengths]);
  const data = useMemo(() => quantileData(told, lengths), [told, lengths]);
  const x = useMemo(() => iterationAxis(new Set(told.slices.map(({ k }) => k))), [told.slices]);
  const y = useMemo(() => lengthAxis(told.unit, selection.scale), [told.unit, selection.scale]);
  return (
    <ChartPanel
      title={`Quantiles by iteration${facetWords(told.facet)}`}
      summary={quantileSummary(told, lengths)}
      data={data}
      height={heightOf(plots)}
      name="lengths-quantiles"
    >
      <Multiples x={x} y={y} plots={plots} />
    </ChartPanel>
  );
};

const Accuracy = ({ lengths, selection }: PanelProps) => {
  const told = useMemo(() => {
    const all = toldOf(lengths, selection);
    return all.facet === 'correct' ? { ...all, facet: null } : all;
  }, [lengths, selection]);
  const plots = useMemo(() => accuracyPlots(told, lengths), [told, lengths]);
  const data = useMemo(() => accuracyData(told, lengths), [told, lengths]);
  const [x, y] = useMemo(
    () => [lengthAxis(told.unit, selection.scale), shareAxis('Accuracy', true)],
    [told.unit, selection.scale],
  );
  if (lengths.accuracy.every(({ bins }) => bins.length === 0)) {
    return (
      <ChartEmpty title={titles[2]} height={HEIGHT_PX}>
        None of these rollouts is right or wrong: their questions have no truth, or they are not verified yet.
      </ChartEmpty>
    );
  }
  return (
    <ChartPanel
      title={`${titles[2]}${facetWords(told.facet)}`}
      summary={accuracySummary(told, lengths)}
      data={data}
      height={heightOf(plots)}
      name="lengths-accuracy"
      note={
        selection.narrow.correct.length > 0
          ? 'The rollouts are narrowed by accuracy, so their accuracy says nothing: take that away.'
          : 'Bins of about equally many rollouts, each at its median length, with 95 % Wilson intervals.'
      }
    >
      <Multiples x={x} y={y} plots={plots} />
    </ChartPanel>
  );
};

/** Histogram, distribution function, quantiles and accuracy by length: one answer, four pictures. */
export const DistributionPanels = ({ selection }: { selection: LengthSelection }) => {
  const { data, error, isPlaceholderData, refetch } = useQuery(lengthsQuery(selection));
  const facet = (data?.about ?? selection).facet;
  const grid = cx('grid grid-cols-1 gap-4', facet === null && 'lg:grid-cols-2');
  if (error) {
    return <ChartFailed title="Lengths" height={HEIGHT_PX} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return (
      <div className={grid}>
        {titles.map((title) => (
          <ChartLoading key={title} title={title} height={HEIGHT_PX} />
        ))}
      </div>
    );
  }
  if (data.series.every(({ n }) => n === 0)) {
    const waiting = data.series.reduce((sum, { uncounted }) => sum + uncounted, 0);
    return (
      <ChartEmpty title="Lengths" height={HEIGHT_PX}>
        {waiting > 0
          ? `${counted(waiting, 'rollout')} wait to be counted in ${data.about.unit}: the worker does so where they are verified.`
          : 'No rollout of these slices passes what they are narrowed by.'}
      </ChartEmpty>
    );
  }
  const props = { lengths: data, selection: data.about };
  const alone = data.series.length === 1;
  return (
    <div className={grid} aria-busy={isPlaceholderData}>
      <Histogram {...props} />
      {alone && <Stack {...props} />}
      <Ecdf {...props} />
      <Accuracy {...props} />
      {/* Five panels in two columns: the last takes both. */}
      <div className={cx('grid min-w-0', alone && facet === null && 'lg:col-span-2')}>
        <Quantiles {...props} />
      </div>
    </div>
  );
};
