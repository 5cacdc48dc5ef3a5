/** Panel C as bars, as rows and as a sentence. */
import { meaningLook, plainLook, stageShape } from '@/components/charts/look';
import type { Bar, BarPlotProps } from '@/components/charts/plot-types';
import { formatPercent } from '@/components/ui/number';
import { type BarGroup, byLoop, setTitle } from '@/lib/domain/benchmarks/bars';
import type { BenchmarkCell } from '@/lib/domain/benchmarks/cell';
import { inconsistencyOf } from '@/lib/domain/benchmarks/readings';
import type { ChartData, ChartRow } from '@/lib/domain/charts/chart-data';
import type { PublishedFigure } from '@/lib/domain/published/figures';
import { sliceName } from '@/lib/domain/slices/slice';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import {
  type BarScope,
  cellKey,
  cellsOfSets,
  correctedWords,
  hrefOf,
  intervalWords,
  ownName,
  ownTitle,
  publishedBar,
  publishedRow,
} from './bar-words';

const inconsistentOf = (scope: BarScope, cell: BenchmarkCell) => hrefOf(scope, cell, { consistency: ['inconsistent'] });

const ownBar = (cell: BenchmarkCell, scope: BarScope): Bar => {
  const { rate, undetermined } = inconsistencyOf(cell);
  const { share, low, high } = rate;
  const counts = `${formatCount(rate.count)} of ${formatCount(rate.total)}`;
  const waiting = cell.rollouts - undetermined.total;
  return {
    key: cellKey(cell),
    title: ownTitle(cell),
    lines: [
      share === null
        ? 'No rollout is consistent or inconsistent'
        : `${formatPercent(share)} inconsistent: ${counts} decided`,
      ...(share === null ? [] : [intervalWords(low, high)]),
      `${formatPercent(undetermined.share ?? 0)} undetermined: ${formatCount(undetermined.count)} of ${formatCount(undetermined.total)} read`,
      ...(waiting > 0 ? [`${formatCount(waiting)} not verified yet`] : []),
      ...correctedWords(cell.correctedConsistency),
    ],
    href: inconsistentOf(scope, cell),
    value: share,
    ...(share === null ? {} : { low, high }),
    label: `${ownName(cell, scope.by)}: ${share === null ? 'none decided' : `${formatPercent(share)}, ${counts}`}`,
    look: { ...meaningLook('consistency'), shape: stageShape(cell.stage) },
  };
};

const figureLook = ({ stage }: PublishedFigure) =>
  stage ? { ...plainLook, shape: stageShape(stage.stage) } : plainLook;

export const inconsistencyBars = (groups: readonly BarGroup[], scope: BarScope): BarPlotProps['groups'] =>
  groups.map(({ bars, ...group }) => ({
    ...group,
    bars: bars.map((bar) =>
      bar.kind === 'own' ? ownBar(bar.cell, scope) : publishedBar(bar.figure, scope.by, figureLook(bar.figure)),
    ),
  }));

const columns: ChartData['columns'] = [
  { key: 'name', label: 'Stage · question set', format: 'text' },
  { key: 'rate', label: 'Inconsistent', format: 'share' },
  { key: 'inconsistent', label: 'Inconsistent', unit: 'rollouts', format: 'count' },
  { key: 'decided', label: 'Decided', unit: 'rollouts', format: 'count' },
  { key: 'low', label: '95 % from', format: 'share' },
  { key: 'high', label: 'to', format: 'share' },
  { key: 'undetermined', label: 'Undetermined', unit: 'rollouts', format: 'count' },
  { key: 'undeterminedShare', label: 'Undetermined', format: 'share' },
  { key: 'corrected', label: 'Corrected by people', unit: 'rollouts', format: 'count' },
];

const ownRow = (cell: BenchmarkCell, scope: BarScope): ChartRow => {
  const { rate, undetermined } = inconsistencyOf(cell);
  return {
    key: cellKey(cell),
    href: inconsistentOf(scope, cell),
    cells: {
      name: ownTitle(cell),
      rate: rate.share,
      inconsistent: rate.count,
      decided: rate.total,
      low: rate.share === null ? null : rate.low,
      high: rate.share === null ? null : rate.high,
      undetermined: undetermined.count,
      undeterminedShare: undetermined.share,
      corrected: cell.correctedConsistency,
    },
  };
};

export const inconsistencyData = (groups: readonly BarGroup[], scope: BarScope): ChartData => ({
  columns,
  rows: groups.flatMap(({ bars }) =>
    bars.map((bar) => (bar.kind === 'own' ? ownRow(bar.cell, scope) : publishedRow(bar.figure, 'rate'))),
  ),
});

/** From where to where a set's rate went, over the slices where something was decided. */
const wayOf = (cells: readonly BenchmarkCell[]): string[] => {
  const decided = cells.toSorted(byLoop).filter((cell) => cell.consistent + cell.inconsistent > 0);
  const [first, last] = [decided[0], decided.at(-1)];
  if (!first || !last || first === last) return [];
  const at = (cell: BenchmarkCell) => `${formatPercent(inconsistencyOf(cell).rate.share ?? 0)} at ${sliceName(cell)}`;
  return [`${setTitle(first)}: ${at(first)}, ${at(last)}.`];
};

/** Over all of the cells, then the way of each set. */
export const inconsistencySummary = (cells: readonly BenchmarkCell[]): string => {
  const sum = (pick: (cell: BenchmarkCell) => number) => cells.reduce((total, cell) => total + pick(cell), 0);
  const [inconsistent, consistent] = [sum((cell) => cell.inconsistent), sum((cell) => cell.consistent)];
  const undetermined = sum((cell) => cell.undetermined);
  const decided = inconsistent + consistent;
  const { share, low, high } = proportion(inconsistent, decided);
  const corrected = sum((cell) => cell.correctedConsistency);
  const ways = cellsOfSets(cells).flatMap(wayOf);
  return [
    share === null
      ? 'No rollout is consistent or inconsistent.'
      : `In ${formatCount(inconsistent)} of ${formatCount(decided)} rollouts whose consistency is decided, the thinking concludes otherwise than the answer: ${formatPercent(share)}, ${intervalWords(low, high)}.`,
    `${formatPercent(proportion(undetermined, decided + undetermined).share ?? 0)} of those read are undetermined.`,
    ...ways,
    ...correctedWords(corrected).map((words) => `${words}.`),
  ].join(' ');
};
