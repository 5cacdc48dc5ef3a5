'use client';
import { useMemo } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { StackColumn, StackPart, StackPlotProps } from '@/components/charts/plot-types';
import { StackPlot, stackPlotHeight } from '@/components/charts/stack-plot';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { type Aspect, aspects, outcomeWords } from '@/lib/domain/comparison/outcome';
import { nameAmong } from '@/lib/domain/comparison/pairing-text';
import type { Changes, Comparison, FlipTable } from '@/lib/domain/comparison/schema';
import { formatSlice } from '@/lib/domain/slices/slice';
import { counted, formatCount } from '@/lib/domain/text/counted';

const shape = 'square';
const parts: readonly StackPart[] = [
  { key: 'kept', name: 'good on both', look: { color: 'var(--series-1)', dash: '', shape } },
  { key: 'gained', name: 'bad → good', look: { color: 'var(--good)', dash: '', shape } },
  { key: 'mixed', name: 'split or untold', look: { color: 'var(--series-plain)', dash: '', shape } },
  { key: 'lost', name: 'good → bad', look: { color: 'var(--bad)', dash: '', shape }, hatched: true },
  { key: 'failed', name: 'bad on both', look: { color: 'var(--series-plain)', dash: '', shape }, hatched: true },
];

const partOf = ({ from, to }: FlipTable['counts'][number]): string => {
  if (from === 'holds' && to === 'holds') return 'kept';
  if (from === 'fails' && to === 'fails') return 'failed';
  if (from === 'fails' && to === 'holds') return 'gained';
  return from === 'holds' && to === 'fails' ? 'lost' : 'mixed';
};

/** The part in the words of the aspect: `wrong → right`. */
const partText = (key: string, aspect: Aspect): string => {
  const { holds, fails } = outcomeWords[aspect];
  const texts: Readonly<Record<string, string>> = {
    kept: `${holds} on both`,
    gained: `${fails} → ${holds}`,
    mixed: 'split or untold on a side',
    lost: `${holds} → ${fails}`,
    failed: `${fails} on both`,
  };
  return texts[key] ?? key;
};

type Row = {
  readonly key: string;
  readonly name: string;
  readonly aspect: Aspect;
  readonly values: Record<string, number>;
};

const rowsOf = ({ slices }: Comparison, { sides }: Changes): Row[] =>
  slices.slice(1).flatMap((slice, at) =>
    aspects.map((aspect) => {
      const values: Record<string, number> = { kept: 0, gained: 0, mixed: 0, lost: 0, failed: 0 };
      for (const count of sides[at]?.flips[aspect].counts ?? []) {
        const part = partOf(count);
        values[part] = (values[part] ?? 0) + count.questions;
      }
      const what = aspect === 'accuracy' ? 'right' : 'consistent';
      return { key: `${formatSlice(slice)} ${aspect}`, name: `${nameAmong(slice, slices)}, ${what}`, aspect, values };
    }),
  );

const columnsOf = (rows: readonly Row[]): StackColumn[] =>
  rows.map(({ key, name, aspect, values }) => ({
    key,
    name,
    values,
    words: Object.fromEntries(
      parts.map((part) => [
        part.key,
        {
          title: name,
          lines: [`${partText(part.key, aspect)}: ${counted(values[part.key] ?? 0, 'question')}`],
          href: null,
        },
      ]),
    ),
  }));

const dataOf = (rows: readonly Row[]): ChartData => ({
  columns: [
    { key: 'slice', label: 'Slice', format: 'text' },
    ...parts.map(({ key, name }) => ({ key, label: name, unit: 'questions', format: 'count' as const })),
  ],
  rows: rows.map(({ key, name, values }) => ({ key, cells: { slice: name, ...values }, href: null })),
});

const summaryOf = (rows: readonly Row[]): string =>
  rows
    .map(
      ({ name, aspect, values }) =>
        `${name}: ${formatCount(values.gained ?? 0)} ${partText('gained', aspect)}, ${formatCount(values.lost ?? 0)} ${partText('lost', aspect)}.`,
    )
    .join(' ');

const plot = {
  direction: 'rows',
  value: { label: 'Questions that both asked', unit: null, format: formatCount, scale: 'linear' },
  category: { label: 'Slice', unit: null },
  parts,
} as const satisfies Omit<StackPlotProps, 'columns'>;

type FlipChartProps = { readonly comparison: Comparison; readonly changes: Changes };

/** What became of the shared questions, slice by slice. */
export const FlipChart = ({ comparison, changes }: FlipChartProps) => {
  const rows = useMemo(() => rowsOf(comparison, changes), [comparison, changes]);
  const columns = useMemo(() => columnsOf(rows), [rows]);
  return (
    <ChartPanel
      title="Flips against the baseline"
      summary={summaryOf(rows)}
      data={dataOf(rows)}
      height={stackPlotHeight(columns, 'rows')}
      name="flips"
    >
      <StackPlot {...plot} columns={columns} />
    </ChartPanel>
  );
};
