'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ErrorBar,
  LabelList,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPercent } from '@/components/ui/number';
import { proportion } from '@/lib/domain/stats/proportion';
import { formatCount } from '@/lib/domain/text/counted';
import { ChartTable } from './chart-table';
import { OldPanel } from './old-panel';
import { ChartNote } from './tooltip';

export type InconsistencyBar = {
  readonly key: string;
  /** Iteration and stage, then the set. */
  readonly name: string;
  readonly inconsistent: number;
  readonly consistent: number;
  readonly undetermined: number;
  readonly href: Route;
};

/** Round shares from 0 to just above the highest one: at most six. */
const ticksUpTo = (high: number): number[] => {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((size) => high <= 5 * size) ?? 0.2;
  return Array.from({ length: Math.ceil(high / step) + 1 }, (_, at) => at * step);
};

const ROW_PX = 44;
const FRAME_PX = 40;

const measure = (bar: InconsistencyBar) => {
  const rate = proportion(bar.inconsistent, bar.consistent + bar.inconsistent);
  const share = rate.share ?? 0;
  return {
    ...bar,
    rate,
    share,
    reach: rate.share === null ? [0, 0] : [share - rate.low, rate.high - share],
    label: rate.share === null ? 'undecided' : `${formatPercent(share)} of ${formatCount(rate.total)}`,
  };
};
type Measured = ReturnType<typeof measure>;

const says = ({ rate, undetermined, consistent, inconsistent }: Measured): string[] => [
  rate.share === null
    ? 'No rollout was decided either way'
    : `${formatPercent(rate.share)}: ${formatCount(rate.count)} of ${formatCount(rate.total)} decided`,
  `95 % interval ${formatPercent(rate.low)} to ${formatPercent(rate.high)}`,
  `${formatPercent(proportion(undetermined, consistent + inconsistent + undetermined).share ?? 0)} undetermined (${formatCount(undetermined)}), not counted`,
];

const Note = ({ active, payload }: { active?: boolean; payload?: readonly { payload?: Measured }[] }) => {
  const bar = payload?.[0]?.payload;
  return active && bar ? <ChartNote title={bar.name} lines={says(bar)} /> : null;
};

const summarise = (bars: readonly Measured[]): string => {
  const decided = bars.filter(({ rate }) => rate.share !== null).sort((a, b) => b.share - a.share);
  const [highest] = decided;
  const lowest = decided.at(-1);
  if (!highest || !lowest) return 'No rollout has been decided as consistent or inconsistent yet.';
  if (highest === lowest) return `${highest.name}: ${says(highest).join('; ')}.`;
  return `Highest in ${highest.name} (${highest.label}), lowest in ${lowest.name} (${lowest.label}). Lines are 95 % Wilson intervals.`;
};

/** Share of decided rollouts whose thinking concludes another answer, by iteration, stage and set. */
export const InconsistencyChart = ({ bars }: { bars: readonly InconsistencyBar[] }) => {
  const router = useRouter();
  const rows = bars.map(measure);
  const ticks = ticksUpTo(Math.max(0.02, ...rows.map(({ rate }) => (rate.share === null ? 0 : rate.high))));
  return (
    <OldPanel
      title="Inconsistency rate"
      summary={summarise(rows)}
      height={FRAME_PX + ROW_PX * rows.length}
      table={
        <ChartTable
          columns={['Where', 'Rate', 'Inconsistent', 'Consistent', 'Undetermined', '95 % interval']}
          rows={rows.map(({ key, name, href, rate, share, inconsistent, consistent, undetermined }) => ({
            key,
            cells: [
              name,
              rate.share === null ? '–' : formatPercent(share),
              <Link key="rows" href={href} className="text-accent hover:underline">
                {formatCount(inconsistent)}
              </Link>,
              formatCount(consistent),
              formatCount(undetermined),
              `${formatPercent(rate.low)} – ${formatPercent(rate.high)}`,
            ],
          }))}
        />
      }
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          layout="vertical"
          data={rows}
          accessibilityLayer={false}
          margin={{ top: 4, right: 12, bottom: 4, left: 0 }}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tickFormatter={(value: number) => formatPercent(value, 0)}
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
          />
          <YAxis
            type="category"
            dataKey="name"
            width={130}
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
          />
          <Tooltip content={<Note />} cursor={{ fill: 'var(--sunken)' }} isAnimationActive={false} />
          <Bar
            dataKey="share"
            fill="var(--check-consistency)"
            barSize={14}
            isAnimationActive={false}
            className="cursor-pointer"
            onClick={(_data, at) => {
              const row = rows[at];
              if (row) router.push(row.href);
            }}
          >
            <ErrorBar dataKey="reach" direction="x" width={5} stroke="var(--ink)" strokeWidth={1.25} />
            <LabelList dataKey="label" position="insideBottomLeft" content={<BarLabel />} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </OldPanel>
  );
};

/** Above the bar at the axis: there it crosses neither the interval nor the frame, however long the bar is. */
const BarLabel = ({ x, y, value }: { x?: number | string; y?: number | string; value?: unknown }) => (
  <text x={Number(x ?? 0) + 4} y={Number(y ?? 0) - 4} fontSize={11} fill="var(--ink)">
    {typeof value === 'string' ? value : ''}
  </text>
);
