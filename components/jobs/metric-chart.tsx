'use client';
import {
  CartesianGrid,
  type DotItemDotProps,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartPanel } from '@/components/charts/chart-panel';
import { ChartTable } from '@/components/charts/chart-table';
import { ChartNote } from '@/components/charts/tooltip';
import type { MetricChart as Chart, Metric } from '@/lib/domain/job-metrics';
import type { DrawnPoint } from '@/lib/domain/job-points';
import { formatCount } from '@/lib/domain/text/counted';
import { metricData } from './metric-data';
import { metricText, tickText } from './metric-text';

const CHART_PX = 170;
const TABLE_ROWS = 300;

/** Colour and dash together, so that curves are told apart without colour. */
const strokes = [
  { color: 'var(--accent)', dash: '' },
  { color: 'var(--check-accuracy)', dash: '6 3' },
  { color: 'var(--check-repetition)', dash: '2 3' },
] as const;
const strokeOf = (at: number) => strokes[at % strokes.length] ?? strokes[0];

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

/** The newest figures; a chart of one figure also says what that is, the others do so in their key and their table. */
const summaryOf = (metrics: readonly Metric[], last: DrawnPoint | undefined): string => {
  if (!last) return 'No step has finished yet.';
  const [only, another] = metrics;
  const says = only && !another ? ` ${only.says}` : '';
  return `${stepText(last)}: ${valuesText(metrics, last).join(', ')}.${says}`;
};

/** Round numbers around what is there; a curve that never moves stands in the middle, above zero. */
const domainOf = (metrics: readonly Metric[], points: readonly DrawnPoint[]): [number | 'auto', number | 'auto'] => {
  const there = points.flatMap(({ values }) => metrics.flatMap(({ name }) => values[name] ?? []));
  const [first] = there;
  if (first === undefined || there.some((value) => value !== first)) return ['auto', 'auto'];
  return first === 0 ? [0, 1] : [Math.min(0, 2 * first), Math.max(0, 2 * first)];
};

/** A value between two holes is no line: it is drawn as a dot. */
const dotOf =
  (points: readonly DrawnPoint[], name: string) =>
  ({ cx, cy, index, stroke }: DotItemDotProps) => {
    const has = (at: number) => typeof points[at]?.values[name] === 'number';
    const isAlone = has(index) && !has(index - 1) && !has(index + 1);
    return isAlone && cx !== undefined && cy !== undefined ? (
      <circle key={index} cx={cx} cy={cy} r={2} fill={stroke ?? 'currentColor'} />
    ) : (
      <g key={index} />
    );
  };

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
  const note = noteOf(metrics);
  const summary = summaryOf(metrics, points.at(-1));
  const marked = pinned === null ? undefined : points.find(({ from, to }) => from <= pinned && pinned <= to)?.to;
  return (
    <ChartPanel
      title={chart.title}
      summary={summary}
      data={metricData(metrics, points)}
      name={`job ${chart.title}`}
      height={CHART_PX}
      table={<Table metrics={metrics} points={points} onPin={onPin} />}
    >
      <div role="img" aria-label={summary} className="flex h-full flex-col">
        <div className="min-h-0 flex-1">
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
                domain={domainOf(metrics, points)}
                tickFormatter={(value: number) => tickText(format, value)}
                tick={{ fill: 'var(--ink-2)', fontSize: 11 }}
                stroke="var(--line-strong)"
              />
              <Tooltip content={note} isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} />
              {marked !== undefined && <ReferenceLine x={marked} stroke="var(--accent)" strokeDasharray="4 2" />}
              {metrics.map(({ name, label }, at) => {
                const { color, dash } = strokeOf(at);
                const shared = { isAnimationActive: false, connectNulls: false, stroke: color };
                return [
                  <Line
                    key={name}
                    {...shared}
                    dot={dotOf(points, name)}
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
                      dot={false}
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
        </div>
        <Key metrics={metrics} />
      </div>
    </ChartPanel>
  );
};

/** Which curve is which; below the picture, where it covers none of it. A single curve is named by the title. */
const Key = ({ metrics }: { metrics: readonly Metric[] }) =>
  metrics.length < 2 ? null : (
    <ul aria-hidden className="flex flex-wrap gap-x-3 text-[11px] text-ink-2">
      {metrics.map(({ name, label, says }, at) => {
        const { color, dash } = strokeOf(at);
        return (
          <li key={name} title={says} className="flex items-center gap-1">
            <svg width="18" height="6" aria-hidden data-chart-picture>
              <path d="M0 3h18" stroke={color} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            <span data-chart-text>{label}</span>
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
  // As high as the picture, so that nothing jumps.
  <div className="overflow-auto" style={{ height: CHART_PX }}>
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
    <dl className="mt-2 text-ink-2 text-xs">
      {metrics.map(({ name, label, says }) => (
        <div key={name}>
          <dt className="inline font-medium">{label}: </dt>
          <dd className="inline">{says}</dd>
        </div>
      ))}
    </dl>
  </div>
);
