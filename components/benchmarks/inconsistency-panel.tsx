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
import { foldBars, groupBySet, groupByStage, partWords } from '@/lib/domain/benchmarks/bars';
import type { Benchmark } from '@/lib/domain/benchmarks/benchmark';
import type { BenchmarkCell } from '@/lib/domain/benchmarks/cell';
import { isRead } from '@/lib/domain/benchmarks/readings';
import { publishedOf, sourcesOf } from '@/lib/domain/published/figures';
import { runBenchmarksQuery } from '@/lib/queries/benchmarks';
import { inconsistencyBars, inconsistencyData, inconsistencySummary } from './inconsistency-bars';
import { PanelControls } from './panel-controls';
import { PanelNote } from './panel-note';
import { useBenchmarkChoices } from './use-benchmark-choices';

const TITLE = 'Inconsistency rate';
/** Before the bars are counted, and at least: few bars leave it empty below, so that little jumps. */
const HEIGHT_PX = 190;
const MOST_BARS = 24;

const axis: Axis = {
  label: 'Inconsistency rate',
  unit: '%',
  format: (share) => formatPercent(share, 0),
  scale: 'linear',
};

const published = (benchmark: Benchmark | null) => publishedOf(benchmark, 'inconsistency');

/** How often the thinking contradicts the answer, by stage and question set, with published figures beside. */
export const InconsistencyPanel = ({ runId }: { readonly runId: string }) => {
  const [choices, choose] = useBenchmarkChoices();
  const [all, setAll] = useUnfolded('inconsistency');
  const { data, error, refetch } = useQuery({
    ...runBenchmarksQuery(runId, choices.kind),
    placeholderData: keepPreviousData,
  });
  const cells = useMemo(() => data?.cells.filter(isRead) ?? [], [data]);
  const drawn = useMemo(
    () => drawnOf(cells, { ...choices, runId, most: all ? Number.POSITIVE_INFINITY : MOST_BARS }),
    [cells, choices, runId, all],
  );
  if (error) return <ChartFailed title={TITLE} height={HEIGHT_PX} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ChartLoading title={TITLE} height={HEIGHT_PX} />;
  if (cells.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={HEIGHT_PX}>
        {choices.kind === null ? (
          'The rates appear with the first verified rollouts.'
        ) : (
          <Button onClick={() => choose({ kind: null })}>
            No {choices.kind} question was verified: show all kinds
          </Button>
        )}
      </ChartEmpty>
    );
  }
  const { groups, hidden, notes, sources } = drawn;
  return (
    <ChartPanel
      title={TITLE}
      name="inconsistency"
      summary={inconsistencySummary(cells)}
      data={drawn.data}
      height={Math.max(HEIGHT_PX, barPlotHeight(groups))}
      controls={
        <PanelControls
          choices={choices}
          choose={choose}
          kinds={data.kinds}
          groupable
          hasPublished={cells.some(({ benchmark }) => published(benchmark).length > 0)}
        />
      }
      note={<PanelNote lines={notes} sources={sources} hidden={hidden} onShowAll={() => setAll(true)} />}
    >
      <div style={{ height: barPlotHeight(groups) }}>
        <BarPlot x={axis} groups={groups} />
      </div>
    </ChartPanel>
  );
};

type Drawing = ReturnType<typeof useBenchmarkChoices>[0] & { readonly runId: string; readonly most: number };

const drawnOf = (cells: readonly BenchmarkCell[], { by, kind, runId, most, published: isShown }: Drawing) => {
  const named = [...new Set(cells.map(({ benchmark }) => benchmark))];
  const figures = isShown ? named.flatMap(published) : [];
  const grouped =
    by === 'set' ? groupBySet(cells, (name) => (isShown ? published(name) : [])) : groupByStage(cells, figures);
  const { groups, hidden } = foldBars(grouped, most);
  const scope = { runId, kind, by };
  const compared = [...Map.groupBy(cells, ({ setId }) => setId).values()].filter(
    ([first]) => first && isShown && published(first.benchmark).length > 0,
  );
  return {
    groups: inconsistencyBars(groups, scope),
    data: inconsistencyData(grouped, scope),
    hidden,
    notes: [
      ...compared.flatMap((ofSet) => partWords(ofSet) ?? []),
      ...(figures.length > 0 ? ['The published rates were measured by another verifier.'] : []),
    ],
    sources: sourcesOf(figures),
  };
};
