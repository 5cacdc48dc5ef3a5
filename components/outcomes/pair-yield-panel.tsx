'use client';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartEmpty } from '@/components/charts/chart-state';
import { meaningLook, plainLook } from '@/components/charts/look';
import type { StackPlotProps } from '@/components/charts/plot-types';
import { StackPlot, stackPlotHeight } from '@/components/charts/stack-plot';
import { typeNames } from '@/components/pairs/act-text';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { groupsOf, type PairYields, per100Groups } from '@/lib/domain/outcomes/pair-yield';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { OutcomesState } from './outcomes-state';
import { byPairRow, pairRowKey, pairRowName, pairsBehind } from './pair-rows';
import { perGroupsText, yieldSummary } from './pair-yield-text';

const TITLE = 'Pairs by type';
const WAITING_PX = 260;

const all = [
  { key: 'approved', name: 'Approved', state: 'approved', look: meaningLook('accuracy') },
  { key: 'rejected', name: 'Rejected', state: 'rejected', look: meaningLook('rejected') },
  { key: 'undecided', name: 'Undecided', state: 'proposed', look: plainLook, hatched: true },
] as const;

const inOrder = ({ yields }: PairYields) => yields.toSorted(byPairRow);

const plotOf = (runId: string, pairs: PairYields): StackPlotProps => {
  const parts = all.filter(({ key }) => pairs.yields.some((row) => row[key] > 0));
  return {
    direction: 'rows',
    value: {
      // One part alone has no key: the axis says what it is.
      label: parts.length === 1 ? `Pairs per 100 groups (${parts[0]?.name.toLowerCase()})` : 'Pairs per 100 groups',
      unit: null,
      format: (value) => String(Number(value.toPrecision(3))),
      scale: 'linear',
    },
    category: { label: 'Type and iteration', unit: null },
    parts: parts.map(({ state: _, ...part }) => part),
    columns: inOrder(pairs).map((row) => {
      const groups = groupsOf(pairs, row.iterationId);
      return {
        key: pairRowKey(row),
        name: pairRowName(row),
        values: Object.fromEntries(parts.map(({ key }) => [key, per100Groups(row[key], groups) ?? 0])),
        words: Object.fromEntries(
          parts.map(({ key, name, state }) => [
            key,
            {
              title: `${typeNames[row.type]}, iteration ${row.k}: ${name.toLowerCase()}`,
              lines: [
                `${formatCount(row[key])} of ${counted(row.pairs, 'pair')} from ${counted(groups, 'group')}`,
                perGroupsText(row.pairs, groups),
                `${formatCount(row.edited)} edited, ${formatCount(row.frozen)} frozen`,
              ],
              href: pairsBehind(runId, row, state),
            },
          ]),
        ),
      };
    }),
  };
};

const dataOf = (runId: string, pairs: PairYields): ChartData => ({
  columns: [
    { key: 'row', label: 'Type and iteration', format: 'text' },
    { key: 'groups', label: 'Groups', format: 'count' },
    { key: 'pairs', label: 'Proposed', unit: 'pairs', format: 'count' },
    { key: 'rate', label: 'Per 100 groups', format: 'number' },
    { key: 'undecided', label: 'Undecided', format: 'count' },
    { key: 'approved', label: 'Approved', format: 'count' },
    { key: 'rejected', label: 'Rejected', format: 'count' },
    { key: 'edited', label: 'Edited', format: 'count' },
    { key: 'frozen', label: 'Frozen', format: 'count' },
  ],
  rows: inOrder(pairs).map((row) => {
    const groups = groupsOf(pairs, row.iterationId);
    const { undecided, approved, rejected, edited, frozen } = row;
    const counts = { undecided, approved, rejected, edited, frozen };
    return {
      key: pairRowKey(row),
      cells: { row: pairRowName(row), groups, pairs: row.pairs, rate: per100Groups(row.pairs, groups), ...counts },
      href: pairsBehind(runId, row),
    };
  }),
});

const Drawn = ({ runId, pairs }: { runId: string; pairs: PairYields }) => {
  const plot = useMemo(() => plotOf(runId, pairs), [runId, pairs]);
  const data = useMemo(() => dataOf(runId, pairs), [runId, pairs]);
  if (pairs.yields.length === 0) {
    return (
      <ChartEmpty title={TITLE} height={WAITING_PX}>
        No pairs are proposed yet. They come from verified rollouts that are no evaluation.
      </ChartEmpty>
    );
  }
  return (
    // Beside a higher panel it keeps its own height.
    <div className="min-w-0">
      <ChartPanel
        title={TITLE}
        summary={yieldSummary(pairs)}
        data={data}
        height={stackPlotHeight(plot.columns, 'rows')}
        name="pairs-by-type"
        note="Each group of rollouts that is no evaluation can give several pairs. Pairs that a new verdict withdrew are not in it."
      >
        <StackPlot {...plot} />
      </ChartPanel>
    </div>
  );
};

/** How many pairs of each type the rules made of an iteration's groups, and what was decided about them. */
export const PairYieldPanel = ({ runId }: { runId: string }) => (
  <OutcomesState runId={runId} title={TITLE} height={WAITING_PX}>
    {({ pairs }) => <Drawn runId={runId} pairs={pairs} />}
  </OutcomesState>
);
