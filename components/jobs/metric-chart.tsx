'use client';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartTable } from '@/components/charts/chart-table';
import { ChartNote } from '@/components/charts/tooltip';
import { formatCount } from '@/components/ui/number';
import type { MetricChart as Chart, Metric } from '@/lib/domain/job-metrics';
import type { DrawnPoint } from '@/lib/domain/job-points';
import { metricText, tickText } from './metric-text';

export const CHART_PX = 170;
const TABLE_ROWS = 300;

/** Colour and dash together, so that curves are told apart without colour. */
export const strokes = [
  { color: 'var(--accent)', dash: '' },
  { color: 'var(--check-accuracy)', dash: '6 3' },
  { color: 'var(--check-repetition)', dash: '2 3' },
] as const;
export const strokeOf = (at: number) => strokes[at % strokes.length] ?? strokes[0];

type MetricChartProps = {
  chart: Chart;
  points: readonly DrawnPoint[];
  /** The same points with their trend; null draws them as they are. */
  trend: readonly DrawnPoint[] | null;
  /** Charts with the same name show the same step when one is pointed at. */
  syncId: string;
  /** A step that stays marked in every chart. */
  pinned: number | null;
  onPin: (step: number) => void;
};

const stepText = ({ from, to }: DrawnPoint): string =>
  from === to ? `Step ${formatCount(to)}` : `Steps ${formatCount(from)} – ${formatCount(to)}, mean`;

const valuesText = (metrics: readonly Metric[], { values }: DrawnPoint): string[] =>
  metrics.map(({ name, label, format }) => `${label} ${metricText(format, values[name])}`);

type Row = { readonly step: number; readonly point: DrawnPoint; readonly trend: DrawnPoint | undefined };

const noteOf =
  (metrics: readonly Metric[]) =>
  ({ active, payload }: { active?: boolean; payload?: readonly { payload?: Row }[] }) => {
    const point = payload?.[0]?.payload?.point;
    return active && point ? <ChartNote title={stepText(point)} lines={valuesText(metrics, point)} /> : null;
  };

/** One chart of a job's figures over its steps. */
export const MetricChart = ({ chart, points, trend, syncId, pinned, onPin }: MetricChartProps) => {
  const { metrics } = chart;
  const format = metrics[0]?.format ?? 'number';
  const rows: Row[] = points.map((point, at) => ({ step: point.to, point, trend: trend?.[at] }));
  const last = points.at(-1);
  const note = noteOf(metrics);
  const marked = pinned === null ? undefined : points.find(({ from, to }) => from <= pinned && pinned <= to)?.to;
  return (
    <ChartPanel
      title={chart.title}
      summary={last ? `${stepText(last)}: ${valuesText(metrics, last).join(', ')}.` : 'No step has finished yet.'}
      height={CHART_PX}
      table={<Table metrics={metrics} points={points} onPin={onPin} />}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={rows}
          syncId={syncId}
          accessibilityLayer={false}
          margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
          className="cursor-crosshair"
          onClick={({ activeLabel }) => {
            if (activeLabel !== undefined) onPin(Number(activeLabel));
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="step"
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
            minTickGap={28}
            height={20}
          />
          <YAxis
            width={52}
            domain={['auto', 'auto']}
            tickFormatter={(value: number) => tickText(format, value)}
            tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
            stroke="var(--line-strong)"
          />
          <Tooltip content={note} isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} />
          {marked !== undefined && <ReferenceLine x={marked} stroke="var(--accent)" strokeDasharray="4 2" />}
          {metrics.map(({ name, label }, at) => {
            const { color, dash } = strokeOf(at);
            const shared = { dot: rows.length === 1, isAnimationActive: false, connectNulls: false, stroke: color };
            return [
              <Line
                key={name}
                {...shared}
                name={label}
                dataKey={({ point }: Row) => point.values[name] ?? null}
                strokeDasharray={dash}
                strokeWidth={trend ? 1 : 1.75}
                strokeOpacity={trend ? 0.35 : 1}
                activeDot={{ r: 3 }}
              />,
              trend && (
                <Line
                  key={`${name} trend`}
                  {...shared}
                  name={`${label}, trend`}
                  dataKey={(row: Row) => row.trend?.values[name] ?? null}
                  strokeDasharray={dash}
                  strokeWidth={2}
                  activeDot={false}
                />
              ),
            ];
          })}
        </LineChart>
      </ResponsiveContainer>
      <Key metrics={metrics} />
    </ChartPanel>
  );
};

/** Which curve is which; below the picture, where it covers none of it. A single curve is named by the title. */
const Key = ({ metrics }: { metrics: readonly Metric[] }) =>
  metrics.length < 2 ? null : (
    <ul aria-hidden className="flex flex-wrap gap-x-3 text-[11px] text-ink-2">
      {metrics.map(({ name, label }, at) => {
        const { color, dash } = strokeOf(at);
        return (
          <li key={name} className="flex items-center gap-1">
            <svg width="18" height="6" aria-hidden>
              <path d="M0 3h18" stroke={color} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );

const Table = ({
  metrics,
  points,
  onPin,
}: Pick<MetricChartProps, 'points' | 'onPin'> & { metrics: readonly Metric[] }) => (
  <div className="max-h-64 overflow-auto">
    <ChartTable
      columns={['Step', ...metrics.map(({ label }) => label)]}
      rows={points
        .slice(-TABLE_ROWS)
        .toReversed()
        .map((point) => ({
          key: String(point.to),
          cells: [
            <button key="pin" type="button" className="text-accent hover:underline" onClick={() => onPin(point.to)}>
              {stepText(point)}
            </button>,
            ...metrics.map(({ name, format }) => metricText(format, point.values[name])),
          ],
        }))}
    />
  </div>
);
