/** Panel F as bars, as rows and as a sentence. */
import { meaningLook, plainLook } from '@/components/charts/look';
import type { Bar, BarPlotProps } from '@/components/charts/plot-types';
import { formatPercent } from '@/components/ui/number';
import { type BarGroup, byLoop, setTitle } from '@/lib/domain/benchmarks/bars';
import type { BenchmarkCell } from '@/lib/domain/benchmarks/cell';
import { type AccuracyReading, accuracyOf } from '@/lib/domain/benchmarks/readings';
import type { ChartData, ChartRow } from '@/lib/domain/charts/chart-data';
import { sliceName } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';
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

const strictWords = ({ strict }: AccuracyReading): string =>
  strict.share === null
    ? 'None is right or wrong'
    : `${formatPercent(strict.share)} right and consistent: ${formatCount(strict.count)} of ${formatCount(strict.total)} with a truth`;

const wordsOf = (cell: BenchmarkCell, reading: AccuracyReading): string[] => {
  const { mean, low, high } = reading.accuracy;
  return [
    `${formatPercent(mean)} mean accuracy reward of ${counted(cell.scored, 'rollout')}`,
    ...(low === null || high === null ? [] : [intervalWords(low, high)]),
    strictWords(reading),
    `${counted(cell.questions, 'question')} asked`,
    ...correctedWords(cell.correctedAccuracy),
  ];
};

const ownBar = (cell: BenchmarkCell, scope: BarScope): Bar => {
  const reading = accuracyOf(cell);
  const common = {
    key: cellKey(cell),
    title: ownTitle(cell),
    href: hrefOf(scope, cell),
    look: meaningLook('accuracy'),
  };
  const name = ownName(cell, scope.by);
  if (!reading) {
    const none = 'no rollout with a truth';
    return {
      ...common,
      lines: [`${formatCount(cell.rollouts)} rollouts, ${none}`],
      value: null,
      label: `${name}: ${none}`,
    };
  }
  const { accuracy, strict } = reading;
  return {
    ...common,
    lines: wordsOf(cell, reading),
    value: accuracy.mean,
    ...(accuracy.low === null || accuracy.high === null ? {} : { low: accuracy.low, high: accuracy.high }),
    ...(strict.share === null ? {} : { mark: strict.share }),
    label: `${name}: ${formatPercent(accuracy.mean)}${strict.share === null ? '' : `, strict ${formatPercent(strict.share)}`}`,
  };
};

export const benchmarkBars = (groups: readonly BarGroup[], scope: BarScope): BarPlotProps['groups'] =>
  groups.map(({ bars, ...group }) => ({
    ...group,
    bars: bars.map((bar) =>
      bar.kind === 'own' ? ownBar(bar.cell, scope) : publishedBar(bar.figure, scope.by, plainLook),
    ),
  }));

const columns: ChartData['columns'] = [
  { key: 'name', label: 'Evaluation · question set', format: 'text' },
  { key: 'accuracy', label: 'Mean accuracy reward', format: 'share' },
  { key: 'low', label: '95 % from', format: 'share' },
  { key: 'high', label: 'to', format: 'share' },
  { key: 'scored', label: 'With an accuracy', unit: 'rollouts', format: 'count' },
  { key: 'questions', label: 'Questions', format: 'count' },
  { key: 'strict', label: 'Right and consistent', format: 'share' },
  { key: 'right', label: 'Right and consistent', unit: 'rollouts', format: 'count' },
  { key: 'judged', label: 'With a truth', unit: 'rollouts', format: 'count' },
  { key: 'corrected', label: 'Corrected by people', unit: 'rollouts', format: 'count' },
];

const ownRow = (cell: BenchmarkCell, scope: BarScope): ChartRow => {
  const reading = accuracyOf(cell);
  return {
    key: cellKey(cell),
    href: hrefOf(scope, cell),
    cells: {
      name: ownTitle(cell),
      accuracy: reading?.accuracy.mean ?? null,
      low: reading?.accuracy.low ?? null,
      high: reading?.accuracy.high ?? null,
      scored: cell.scored,
      questions: cell.questions,
      strict: reading?.strict.share ?? null,
      right: cell.rightConsistent,
      judged: cell.judged,
      corrected: cell.correctedAccuracy,
    },
  };
};

export const benchmarkData = (groups: readonly BarGroup[], scope: BarScope): ChartData => ({
  columns,
  rows: groups.flatMap(({ bars }) =>
    bars.map((bar) => (bar.kind === 'own' ? ownRow(bar.cell, scope) : publishedRow(bar.figure, 'accuracy'))),
  ),
});

/** The newest evaluation of each set, and the one that it began with. */
export const benchmarkSummary = (cells: readonly BenchmarkCell[]): string =>
  cellsOfSets(cells)
    .flatMap((ofSet) => {
      const read = ofSet.toSorted(byLoop).flatMap((cell) => {
        const reading = accuracyOf(cell);
        return reading ? [{ cell, reading }] : [];
      });
      const [first, last] = [read[0], read.at(-1)];
      if (!first || !last) return [];
      const { accuracy, strict } = last.reading;
      const began = first === last ? '' : `, ${formatPercent(first.reading.accuracy.mean)} at ${sliceName(first.cell)}`;
      const also = strict.share === null ? '' : `; ${formatPercent(strict.share)} are right and consistent`;
      return [
        `${setTitle(last.cell)}: ${formatPercent(accuracy.mean)} at ${sliceName(last.cell)}${began}, over ${counted(last.cell.scored, 'rollout')} of ${counted(last.cell.questions, 'question')}${also}.`,
      ];
    })
    .join(' ') || 'No rollout of an evaluation has an accuracy.';
