'use client';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty } from '@/components/charts/chart-state';
import type { StackPlotProps } from '@/components/charts/plot-types';
import { StackPlot, stackPlotHeight } from '@/components/charts/stack-plot';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { cx } from '@/components/ui/cx';
import { formatPercent } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { quadrantNames, quadrantParts, type SliceQuadrant, shareOf } from '@/lib/domain/outcomes/quadrant';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { OutcomesState } from './outcomes-state';
import { quadrantStack } from './quadrant-look';
import { QuadrantTable, rolloutsOfPart } from './quadrant-table';
import { quadrantSummary } from './quadrant-text';

const TITLE = 'Accuracy × consistency by stage';
const WAITING_PX = 260;
/** More stages than this scroll inside their panel. */
const MOST_AT_ONCE = 12;

const keyOf = ({ k, stage }: SliceQuadrant): string => `${k} ${stage}`;

const plotOf = (runId: string, quadrants: readonly SliceQuadrant[]): StackPlotProps => {
  const parts = quadrantStack((part) => quadrants.some((quadrant) => quadrant.parts[part] > 0));
  return {
    direction: 'rows',
    value: {
      label: 'Share of the rollouts',
      unit: null,
      format: (share) => formatPercent(share, 0),
      scale: 'linear',
      domain: [0, 1],
    },
    category: { label: 'Stage', unit: null },
    parts,
    columns: quadrants.map((quadrant) => ({
      key: keyOf(quadrant),
      name: sliceName(quadrant),
      values: Object.fromEntries(
        parts.map(({ key }) => [key, quadrant.rollouts === 0 ? 0 : quadrant.parts[key] / quadrant.rollouts]),
      ),
      words: Object.fromEntries(
        parts.map(({ key, name }) => {
          const [count, share] = [quadrant.parts[key], shareOf(quadrant, key)];
          const ofAll = `${formatCount(count)} of ${counted(quadrant.rollouts, 'rollout')}, ${formatPercent(count / Math.max(1, quadrant.rollouts))}`;
          const isCell = key.startsWith('right') || key.startsWith('wrong');
          const ofDecided = isCell && share !== null ? [`${formatPercent(share)} of the decided`] : [];
          const words = { title: `${sliceName(quadrant)}: ${name}`, lines: [ofAll, ...ofDecided] };
          return [key, { ...words, href: rolloutsOfPart(runId, quadrant, key) }];
        }),
      ),
    })),
  };
};

const dataOf = (runId: string, quadrants: readonly SliceQuadrant[]): ChartData => ({
  columns: [
    { key: 'slice', label: 'Stage', format: 'text' },
    { key: 'rollouts', label: 'Rollouts', format: 'count' },
    ...quadrantParts.map((part) => ({ key: part, label: quadrantNames[part], format: 'count' as const })),
    { key: 'share', label: 'Right by wrong thinking, of the decided', format: 'share' },
  ],
  rows: quadrants.map((quadrant) => ({
    key: keyOf(quadrant),
    cells: {
      slice: sliceName(quadrant),
      rollouts: quadrant.rollouts,
      ...quadrant.parts,
      share: shareOf(quadrant, 'rightInconsistent'),
    },
    href: rolloutsOf(runId, { facets: { iteration: [String(quadrant.k)], stage: [quadrant.stage] } }),
  })),
});

const Drawn = ({ runId, quadrants }: { runId: string; quadrants: readonly SliceQuadrant[] }) => {
  const plot = useMemo(() => plotOf(runId, quadrants), [runId, quadrants]);
  const data = useMemo(() => dataOf(runId, quadrants), [runId, quadrants]);
  if (quadrants.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={WAITING_PX}>
        The first rollouts bring it.
      </ChartEmpty>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ChartPanel
        title={TITLE}
        summary={quadrantSummary(quadrants)}
        data={data}
        height={stackPlotHeight(plot.columns, 'rows')}
        name="accuracy-by-consistency"
      >
        <StackPlot {...plot} />
      </ChartPanel>
      <Panel title="Right and wrong, by which thinking">
        <div
          className={cx(
            'grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-5 gap-y-4',
            quadrants.length > MOST_AT_ONCE && 'max-h-[36rem] overflow-y-auto',
          )}
        >
          {quadrants.map((quadrant) => (
            <QuadrantTable key={keyOf(quadrant)} runId={runId} quadrant={quadrant} />
          ))}
        </div>
        <p className="mt-3 text-ink-2 text-xs">
          Shares are of the decided: rollouts that have a truth and whose thinking concludes something. Malformed: of
          broken form, and nothing tells what the thinking concludes.
        </p>
      </Panel>
    </div>
  );
};

/**
 * How right and wrong answers came about, stage by stage in the order of the loop: as shares of all rollouts and as a
 * 2 × 2 of each stage, each number with its rollouts behind it.
 */
export const QuadrantPanel = ({ runId }: { runId: string }) => (
  <OutcomesState runId={runId} title={TITLE} height={WAITING_PX}>
    {({ quadrants }) => <Drawn runId={runId} quadrants={quadrants} />}
  </OutcomesState>
);
