'use client';
import { memo, useMemo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  DefaultZIndexes,
  ErrorBar,
  Rectangle,
  ReferenceLine,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts';
import { type BarLayout, type BarRow, barLayout, FOOT_PX, isNamed, ROW_PX, TOP_PX } from './bar-layout';
import { Glyph } from './glyph';
import type { Size } from './line-layout';
import { PlotArea } from './plot-area';
import { AxisWords, axisProps, FOOT_TICKS_PX, FOOT_WORDS_PX } from './plot-axes';
import type { BarPlotProps } from './plot-types';
import { FONT_PX } from './text-width';
import { useSize } from './use-size';

const BAR_PX = 13;

/** Height in pixels at which every bar and every name of a group has its row. */
export const barPlotHeight = (groups: BarPlotProps['groups']): number =>
  TOP_PX + FOOT_PX + ROW_PX * groups.reduce((rows, group) => rows + group.bars.length + (isNamed(group) ? 1 : 0), 0);

/** Lying bars in named groups, each with its text at its end and its interval. Its height: `barPlotHeight`. */
export const BarPlot = memo((props: BarPlotProps) => {
  const [ref, size] = useSize();
  const layout = useMemo(() => (size ? barLayout(props, size) : null), [props, size]);
  return (
    <div ref={ref} className="relative h-full w-full">
      {layout && size && (
        <PlotArea label={props.x.label} marks={layout.marks} way="down" size={size}>
          <Picture layout={layout} size={size} />
        </PlotArea>
      )}
    </div>
  );
});
BarPlot.displayName = 'BarPlot';

const HOLLOW_PX = 1.25;
/** Second values are marked in ink: they are no series of their own. */
const markLook = { color: 'var(--ink)', dash: '', shape: 'diamond' } as const;

type ShapeProps = { x?: number; y?: number; width?: number; height?: number; payload?: BarRow };

const BarShape = ({ x = 0, y = 0, width = 0, height = 0, payload }: ShapeProps) => {
  const color = payload?.bar?.look.color ?? 'none';
  const inset = payload?.bar?.outlined ? HOLLOW_PX / 2 : 0;
  // Recharts gives bars below zero a negative width, which a rectangle cannot have.
  const isBelow = width < 0;
  return (
    <Rectangle
      x={isBelow ? x + width + inset : x}
      y={y + inset}
      width={Math.max(0, Math.abs(width) - inset)}
      height={height - 2 * inset}
      radius={isBelow ? [2, 0, 0, 2] : [0, 2, 2, 0]}
      {...(inset > 0 ? { fill: 'var(--surface)', stroke: color, strokeWidth: HOLLOW_PX } : { fill: color })}
    />
  );
};

const halo = { paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 3 } as const;

const Picture = memo(({ layout, size: { width, height } }: { layout: BarLayout; size: Size }) => {
  const { frame, x, rows, glyphX } = layout;
  const whisker = { dataKey: 'reach', direction: 'x', isAnimationActive: false } as const;
  return (
    <BarChart
      layout="vertical"
      width={width}
      height={height}
      data={rows}
      accessibilityLayer={false}
      margin={{
        top: frame.top,
        left: frame.left,
        right: width - frame.right,
        bottom: height - frame.bottom - FOOT_TICKS_PX,
      }}
    >
      <CartesianGrid horizontal={false} stroke="var(--line)" />
      <XAxis {...axisProps(x, false)} height={FOOT_TICKS_PX} stroke="var(--line-strong)" />
      <YAxis type="category" dataKey="key" width={0} hide />
      {x.kind === 'linear' && x.ends[0] < 0 && <ReferenceLine x={0} stroke="var(--line-strong)" />}
      <Bar dataKey="value" barSize={BAR_PX} isAnimationActive={false} shape={BarShape}>
        <ErrorBar {...whisker} width={0} stroke="var(--surface)" strokeWidth={3} />
        <ErrorBar {...whisker} width={4} stroke="var(--ink)" strokeWidth={1.25} />
      </Bar>
      {rows.map(({ key, head, bar, label, y }) => (
        <g key={key}>
          {head && (
            <text x={0} y={y + 5} fontSize={FONT_PX} fontWeight={600} fill="var(--ink)" {...halo}>
              <title>{head.name}</title>
              {head.text}
            </text>
          )}
          {bar && glyphX !== null && <Glyph look={bar.look} x={glyphX} y={y} />}
          {bar && label && (
            <text x={label.x} y={y + 4} fontSize={FONT_PX} fill="var(--ink)" {...halo}>
              <title>{bar.label}</title>
              {label.text}
            </text>
          )}
        </g>
      ))}
      <ZIndexLayer zIndex={DefaultZIndexes.label}>
        {rows.map(({ key, markX, y }) => markX !== null && <Glyph key={key} look={markLook} x={markX} y={y} />)}
      </ZIndexLayer>
      <AxisWords frame={frame} top={null} bottom={{ text: x.label, y: frame.bottom + FOOT_WORDS_PX }} />
    </BarChart>
  );
});
Picture.displayName = 'Picture';
