'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatShort } from '@/components/ui/number';
import { joinBins, type LengthBin } from '@/lib/domain/run';
import { formatCount } from '@/lib/domain/text/counted';
import { ChartTable } from './chart-table';
import { OldPanel } from './old-panel';
import { ChartNote } from './tooltip';

const MOST_BINS = 24;
const HEIGHT_PX = 260;

type LengthChartProps = {
  lengths: readonly LengthBin[];
  /** Tokens. */
  mean: number | null;
  median: number | null;
  /** Some token counts are estimates. */
  estimated: boolean;
  /** Address of the rollouts between two lengths, both included. */
  hrefOf: (from: number, to: number) => Route;
};

type Row = LengthBin & { readonly name: string; readonly to: number };

const Note = ({ active, payload }: { active?: boolean; payload?: readonly { payload?: Row }[] }) => {
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  const lines = [`${formatCount(row.correct)} correct`, `${formatCount(row.incorrect)} incorrect`];
  return (
    <ChartNote
      title={`${formatCount(row.from)} – ${formatCount(row.to)} tokens`}
      lines={row.unjudged > 0 ? [...lines, `${formatCount(row.unjudged)} without a truth`] : lines}
    />
  );
};

/** How long the thinking is, right and wrong answers stacked. */
export const LengthChart = ({ lengths, mean, median, estimated, hrefOf }: LengthChartProps) => {
  const router = useRouter();
  const hatch = useId();
  const { width, bins } = joinBins(lengths, MOST_BINS);
  const rows: Row[] = bins.map((bin) => ({ ...bin, name: formatCount(bin.from), to: bin.from + width - 1 }));
  const unjudged = rows.some((row) => row.unjudged > 0);
  const open = (at: number) => {
    const row = rows[at];
    if (row) router.push(hrefOf(row.from, row.to));
  };
  const bar = {
    stackId: 'answers',
    isAnimationActive: false,
    className: 'cursor-pointer',
    onClick: (_: unknown, at: number) => open(at),
  };
  const unit = estimated ? 'tokens (estimated where the file gives none)' : 'tokens';
  const summary =
    mean === null || median === null
      ? 'No thinking has been measured yet.'
      : `Mean ${formatCount(Math.round(mean))}, median ${formatCount(Math.round(median))} ${unit}; bins of ${width}.`;
  return (
    <OldPanel
      title="Thinking length"
      summary={summary}
      height={HEIGHT_PX}
      table={<LengthTable rows={rows} hrefOf={hrefOf} />}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={rows}
          accessibilityLayer={false}
          barCategoryGap={1}
          margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        >
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" fill="var(--rejected-soft)" />
              <rect width="2.5" height="6" fill="var(--rejected)" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="name"
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
            minTickGap={12}
          />
          <YAxis
            width={40}
            allowDecimals={false}
            tickFormatter={formatShort}
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
          />
          <Tooltip content={<Note />} cursor={{ fill: 'var(--sunken)' }} isAnimationActive={false} />
          <Legend
            verticalAlign="top"
            height={24}
            formatter={(text: string) => <span className="text-ink-2 text-xs">{text}</span>}
          />
          <Bar name="Correct" dataKey="correct" fill="var(--check-accuracy)" {...bar} />
          <Bar
            name="Incorrect"
            dataKey="incorrect"
            fill={`url(#${hatch})`}
            stroke="var(--rejected)"
            strokeWidth={0.5}
            {...bar}
          />
          {unjudged && <Bar name="Without a truth" dataKey="unjudged" fill="var(--line-strong)" {...bar} />}
        </BarChart>
      </ResponsiveContainer>
    </OldPanel>
  );
};

const LengthTable = ({ rows, hrefOf }: { rows: readonly Row[] } & Pick<LengthChartProps, 'hrefOf'>) => (
  <ChartTable
    columns={['Tokens', 'Correct', 'Incorrect', 'Without a truth']}
    rows={rows.map(({ from, to, correct, incorrect, unjudged }) => ({
      key: String(from),
      cells: [
        <Link key="rows" href={hrefOf(from, to)} className="text-accent hover:underline">
          {formatCount(from)} – {formatCount(to)}
        </Link>,
        formatCount(correct),
        formatCount(incorrect),
        formatCount(unjudged),
      ],
    }))}
  />
);
