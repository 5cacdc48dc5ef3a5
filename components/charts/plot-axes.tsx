import { CartesianGrid, XAxis, YAxis } from 'recharts';
import type { PlottedAxis } from './plot-axis';
import type { Frame } from './plot-mark';
import { FONT_PX } from './text-width';

export const FOOT_TICKS_PX = 18;
/** From the foot of the picture proper to the words of the axis. */
export const FOOT_WORDS_PX = 31;

type TickProps = { x?: number | string; y?: number | string; textAnchor?: string; payload?: { value?: unknown } };

/** Recharts would break a text with a space in it; a tick is one line. */
const tickOf =
  (format: PlottedAxis['format'], isUpright: boolean) =>
  ({ x = 0, y = 0, payload }: TickProps) => (
    <text
      x={x}
      y={Number(y) + (isUpright ? 4 : 9)}
      fontSize={FONT_PX}
      fill="var(--ink-2)"
      textAnchor={isUpright ? 'end' : 'middle'}
    >
      {typeof payload?.value === 'number' ? format(payload.value) : ''}
    </text>
  );

/** Ticks are chosen before (lib/domain/charts/scale.ts): Recharts measures no text and leaves none out. */
export const axisProps = ({ kind, ends, ticks, format }: PlottedAxis, isUpright: boolean) =>
  ({
    type: 'number',
    scale: kind,
    domain: [...ends],
    ticks: [...ticks],
    allowDataOverflow: true,
    interval: 0,
    tick: tickOf(format, isUpright),
    tickLine: false,
    tickSize: 0,
    tickMargin: isUpright ? 8 : 5,
  }) as const;

/**
 * Axes of numbers and their grid, as an array: Recharts finds them only among the chart's own children. The words of the
 * axes are `AxisWords`.
 */
export const numberAxes = (x: PlottedAxis, y: PlottedAxis, { left }: Frame, inset: number) => [
  <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
  <XAxis
    key="x"
    dataKey="x"
    {...axisProps(x, false)}
    padding={{ left: inset, right: inset }}
    height={FOOT_TICKS_PX}
    stroke="var(--line-strong)"
  />,
  <YAxis key="y" {...axisProps(y, true)} width={left} axisLine={false} stroke="var(--line-strong)" />,
];

/** What the axes count: the upright one above itself, so that nothing is read sideways; the lying one below its end. */
export const AxisWords = ({
  frame,
  top,
  bottom,
}: {
  frame: Frame;
  top: string | null;
  bottom: { text: string; y: number } | null;
}) => (
  <>
    {top !== null && (
      <text x={0} y={FONT_PX} fontSize={FONT_PX} fill="var(--ink-2)">
        {top}
      </text>
    )}
    {bottom && (
      <text x={frame.right} y={bottom.y} fontSize={FONT_PX} fill="var(--ink-2)" textAnchor="end">
        {bottom.text}
      </text>
    )}
  </>
);
