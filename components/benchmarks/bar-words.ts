/** Words that the bars of both panels share. */
import type { Route } from 'next';
import type { Bar } from '@/components/charts/plot-types';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { formatPercent } from '@/components/ui/number';
import { figureTitle, setTitle } from '@/lib/domain/benchmarks/bars';
import { benchmarkFacts } from '@/lib/domain/benchmarks/benchmark';
import type { BenchmarkCell } from '@/lib/domain/benchmarks/cell';
import type { Grouping } from '@/lib/domain/benchmarks/choices';
import type { ChartRow } from '@/lib/domain/charts/chart-data';
import { type PublishedFigure, publishedShare, publishedSources } from '@/lib/domain/published/figures';
import type { Kind } from '@/lib/domain/question';
import type { FacetName } from '@/lib/domain/rollouts/filter';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted } from '@/lib/domain/text/counted';

/** What a panel's bars are drawn for. */
export type BarScope = { readonly runId: string; readonly kind: Kind | null; readonly by: Grouping };

/** A name in a label leaves room for the figure behind it. */
const MOST_NAME = 26;
const short = (name: string): string => (name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name);

/** What tells a run's own bar from its neighbours. */
export const ownName = (cell: BenchmarkCell, by: Grouping): string =>
  by === 'set' ? sliceName(cell) : short(cell.setName);

/** Of a bar and of its row. */
export const cellKey = ({ k, stage, setId }: BenchmarkCell): string => `${k} ${stage} ${setId}`;

/** Heads the tooltip and names the row of a table. */
export const ownTitle = (cell: BenchmarkCell): string => `${sliceName(cell)} · ${setTitle(cell)}`;

/** The rollouts of a cell, narrowed. */
export const hrefOf = (
  { runId, kind }: BarScope,
  { k, stage, setId }: BenchmarkCell,
  facets: Partial<Record<FacetName, readonly string[]>> = {},
): Route =>
  rolloutsOf(runId, {
    facets: { iteration: [String(k)], stage: [stage], set: [setId], ...(kind ? { kind: [kind] } : {}), ...facets },
  });

/** `95 % interval 9.4 % to 15.9 %`. */
export const intervalWords = (low: number, high: number): string =>
  `95 % interval ${formatPercent(low)} to ${formatPercent(high)}`;

export const correctedWords = (count: number): string[] =>
  count === 0 ? [] : [`${counted(count, 'rollout')} corrected by people`];

/** As printed in its source. */
const printed = ({ metric, value }: PublishedFigure): string =>
  `${metric === 'accuracy' ? value.toFixed(1) : String(value)} %`;

export const publishedTitle = (figure: PublishedFigure): string =>
  `${figureTitle(figure)} · ${benchmarkFacts[figure.benchmark].name}, published`;

/** In a label: what tells it from its neighbours. Whose it is stands under the picture where a stage tells them apart. */
const publishedName = (figure: PublishedFigure, by: Grouping): string => {
  if (by === 'stage') return benchmarkFacts[figure.benchmark].name;
  return figure.stage ? sliceName(figure.stage) : figureTitle(figure);
};

/** The bar of a published figure; there are no rollouts behind it. */
export const publishedBar = (figure: PublishedFigure, by: Grouping, look: Bar['look']): Bar => ({
  key: publishedTitle(figure),
  title: publishedTitle(figure),
  lines: [`${printed(figure)} ${figure.metric}`, publishedSources[figure.source].cite],
  href: null,
  value: publishedShare(figure),
  label: `${publishedName(figure, by)}, published: ${printed(figure)}`,
  look,
  outlined: true,
});

/** Its row of a table, the figure in `column`. */
export const publishedRow = (figure: PublishedFigure, column: string): ChartRow => ({
  key: publishedTitle(figure),
  href: null,
  cells: { name: publishedTitle(figure), [column]: publishedShare(figure) },
});

/** More sets than this are not gone through in a sentence. */
const MOST_SETS = 3;

/** The cells of each of the first few sets. */
export const cellsOfSets = (cells: readonly BenchmarkCell[]): BenchmarkCell[][] =>
  [...Map.groupBy(cells, ({ setId }) => setId).values()].slice(0, MOST_SETS);
