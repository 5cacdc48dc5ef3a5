'use client';
import { memo, useMemo } from 'react';
import { Curve, LineChart } from 'recharts';
import { Glyph } from './glyph';
import { type LineLayout, lineLayout, type Size } from './line-layout';
import type { DrawnSeries, Spot } from './line-series';
import { PlotArea } from './plot-area';
import { AxisWords, FOOT_TICKS_PX, FOOT_WORDS_PX, numberAxes } from './plot-axes';
import { LineKey } from './plot-key';
import type { LinePlotProps } from './plot-types';
import { FONT_PX } from './text-width';
import { useSize } from './use-size';

/**
 * Lines over a number, with bands or intervals. Fills its parent's height. `series` should be memoised by the caller:
 * a new array is a new picture.
 */
export const LinePlot = memo((props: LinePlotProps) => {
  const [ref, size] = useSize();
  const layout = useMemo(() => (size ? lineLayout(props, size) : null), [props, size]);
  return (
    <div ref={ref} className="relative h-full w-full">
      {layout && size && (
        <PlotArea label={`${props.y.label} by ${props.x.label}`} marks={layout.marks} way="across" size={size}>
          <Picture layout={layout} size={size} />
        </PlotArea>
      )}
    </div>
  );
});
LinePlot.displayName = 'LinePlot';

const Picture = memo(({ layout, size: { width, height } }: { layout: LineLayout; size: Size }) => {
  const { frame, x, y, inset, series, labels, keys } = layout;
  return (
    <LineChart
      width={width}
      height={height}
      data={[]}
      accessibilityLayer={false}
      margin={{ top: frame.top, left: 0, right: width - frame.right, bottom: height - frame.bottom - FOOT_TICKS_PX }}
    >
      {numberAxes(x, y, frame, inset)}
      {series.map((one) => (
        <Band key={one.key} drawn={one} />
      ))}
      {series.map((one) => (
        <Drawn key={one.key} drawn={one} />
      ))}
      {labels.map(({ key, text, name, look, from, y: at }) => (
        <g key={key}>
          <title>{name}</title>
          {(frame.right - from.x > 4 || Math.abs(at - from.y) > 2) && (
            <path
              d={`M${from.x + 4} ${from.y}L${Math.max(frame.right, from.x + 4)} ${from.y}L${frame.right + 9} ${at}`}
              fill="none"
              stroke="var(--ink-3)"
              strokeWidth={0.75}
              strokeDasharray="1 2"
            />
          )}
          <text x={frame.right + 12} y={at + 4} fontSize={FONT_PX} fontWeight={500} fill={look.color}>
            {text}
          </text>
        </g>
      ))}
      <LineKey keys={keys} />
      <AxisWords frame={frame} top={y.label} bottom={{ text: x.label, y: frame.bottom + FOOT_WORDS_PX }} />
    </LineChart>
  );
});
Picture.displayName = 'Picture';

/** Runs of points without a hole. */
const runsOf = (points: readonly Spot[]): { x: number; y: number }[][] => {
  const runs: { x: number; y: number }[][] = [[]];
  for (const { x, y } of points) {
    if (y === null) runs.push([]);
    else runs.at(-1)?.push({ x, y });
  }
  return runs.filter(({ length }) => length > 1);
};

const Band = ({ drawn: { band, look } }: { drawn: DrawnSeries }) => {
  if (!band) return null;
  const lows = runsOf(band.lower);
  return runsOf(band.upper).map((upper, at) => (
    <Curve
      key={upper[0]?.x}
      type="linear"
      points={upper}
      baseLine={lows[at] ?? upper}
      fill={look.color}
      fillOpacity={0.16}
      stroke="none"
    />
  ));
};

const Drawn = ({ drawn: { line, look, behind, step, whiskers, dots } }: { drawn: DrawnSeries }) => (
  <g>
    {line &&
      runsOf(line).map((points) => (
        <Curve
          key={points[0]?.x}
          type={step ? 'stepAfter' : 'linear'}
          points={points}
          fill="none"
          stroke={look.color}
          strokeWidth={behind ? 1 : 2}
          strokeOpacity={behind ? 0.4 : 1}
          strokeDasharray={behind ? '' : look.dash}
          strokeLinejoin="round"
        />
      ))}
    {whiskers.map(({ x, low, high }) => (
      <path
        key={x}
        d={`M${x - 3} ${low}h6M${x} ${low}V${high}M${x - 3} ${high}h6`}
        stroke={look.color}
        strokeWidth={1.5}
        fill="none"
      />
    ))}
    {dots.map(({ x, y }) => (
      <Glyph key={`${x} ${y}`} look={look} x={x} y={y} />
    ))}
  </g>
);
