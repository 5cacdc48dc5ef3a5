'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BarPlot, barPlotHeight } from '@/components/charts/bar-plot';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty, ChartFailed, ChartLoading } from '@/components/charts/chart-state';
import type { Axis } from '@/components/charts/plot-types';
import { Button } from '@/components/ui/button';
import { formatPercent } from '@/components/ui/number';
import { useUnfolded } from '@/components/ui/use-unfolded';
import { foldBars, groupBySet, partWords, setTitle } from '@/lib/domain/benchmarks/bars';
import { type Benchmark, benchmarkFacts } from '@/lib/domain/benchmarks/benchmark';
import type { BenchmarkCell } from '@/lib/domain/benchmarks/cell';
import { isResampled } from '@/lib/domain/benchmarks/readings';
import { publishedOf, sourcesOf } from '@/lib/domain/published/figures';
import type { Kind } from '@/lib/domain/question';
import { runBenchmarksQuery } from '@/lib/queries/benchmarks';
import { benchmarkBars, benchmarkData, benchmarkSummary } from './benchmark-bars';
import { PanelControls } from './panel-controls';
import { PanelNote } from './panel-note';
import { useBenchmarkChoices } from './use-benchmark-choices';

const TITLE = 'Benchmarks';
/** Before the bars are counted, and at least: few bars leave it empty below, so that little jumps. */
const HEIGHT_PX = 190;
const MOST_BARS = 24;

const axis: Axis = {
  label: 'Mean accuracy reward',
  unit: '%',
  format: (share) => formatPercent(share, 0),
  scale: 'linear',
};

/** Best first. */
const published = (benchmark: Benchmark | null) =>
  publishedOf(benchmark, 'accuracy').toSorted((a, b) => b.value - a.value);

/** How right the evaluations of each question set are, strictly and by reward, with published models beside. */
export const BenchmarkPanel = ({ runId }: { readonly runId: string }) => {
  const [choices, choose] = useBenchmarkChoices();
  const [all, setAll] = useUnfolded('benchmarks');
  const { data, error, refetch } = useQuery({
    ...runBenchmarksQuery(runId, choices.kind),
    placeholderData: keepPreviousData,
  });
  const cells = useMemo(() => data?.cells.filter(({ stage }) => stage === 'eval') ?? [], [data]);
  const { published: isShown, kind } = choices;
  const drawn = useMemo(() => {
    const { groups, hidden } = foldBars(
      groupBySet(cells, (name) => (isShown ? published(name) : [])),
      all ? Number.POSITIVE_INFINITY : MOST_BARS,
    );
    const scope = { runId, kind, by: 'set' } as const;
    return { groups: benchmarkBars(groups, scope), data: benchmarkData(groups, scope), hidden };
  }, [cells, isShown, kind, runId, all]);
  if (error) return <ChartFailed title={TITLE} height={HEIGHT_PX} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ChartLoading title={TITLE} height={HEIGHT_PX} />;
  if (cells.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={HEIGHT_PX}>
        {kind === null ? (
          'Bars appear with the first evaluation: that of an iteration, or rollouts imported at the stage eval.'
        ) : (
          <Button onClick={() => choose({ kind: null })}>No {kind} question was evaluated: show all kinds</Button>
        )}
      </ChartEmpty>
    );
  }
  const named = [...new Set(cells.map(({ benchmark }) => benchmark))];
  return (
    <ChartPanel
      title={TITLE}
      name="benchmarks"
      summary={benchmarkSummary(cells)}
      data={drawn.data}
      height={Math.max(HEIGHT_PX, barPlotHeight(drawn.groups))}
      controls={
        <PanelControls
          choices={choices}
          choose={choose}
          kinds={data.kinds}
          hasPublished={named.some((benchmark) => published(benchmark).length > 0)}
        />
      }
      note={
        <PanelNote
          lines={notesOf(cells, data.kinds)}
          sources={isShown ? sourcesOf(named.flatMap(published)) : []}
          hidden={drawn.hidden}
          onShowAll={() => setAll(true)}
        />
      }
    >
      <div style={{ height: barPlotHeight(drawn.groups) }}>
        <BarPlot x={axis} groups={drawn.groups} />
      </div>
    </ChartPanel>
  );
};

/** Sets that no published figure stands beside. */
const aloneWords = (cells: readonly BenchmarkCell[]): string[] => {
  const alone = [...new Map(cells.map((cell) => [cell.setId, cell])).values()].filter(
    ({ benchmark }) => published(benchmark).length === 0,
  );
  const [first] = alone;
  if (!first) return [];
  if (alone.length > 1) return [`No published accuracy is known for ${alone.length} of the sets.`];
  return [
    first.benchmark
      ? `No published accuracy on ${benchmarkFacts[first.benchmark].name} ships with the studio.`
      : `${setTitle(first)} is of no benchmark, so nothing published stands beside it.`,
  ];
};

const notesOf = (cells: readonly BenchmarkCell[], kinds: readonly Kind[]): string[] => [
  `◆ Strict: right and consistent.${kinds.includes('regression') ? ' Bars grade regression by mean relative accuracy.' : ''}`,
  ...[...Map.groupBy(cells, ({ setId }) => setId).values()].flatMap((ofSet) => partWords(ofSet) ?? []),
  ...aloneWords(cells),
  ...(cells.some(isResampled)
    ? ['Intervals take the samples of one question for independent, so they are a little narrow.']
    : []),
];
