'use client';
import { memo, useId, useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, DefaultZIndexes, XAxis, YAxis, ZIndexLayer } from 'recharts';
import type { Size } from './line-layout';
import { PlotArea } from './plot-area';
import { AxisWords, axisProps, FOOT_TICKS_PX, FOOT_WORDS_PX } from './plot-axes';
import { PartKey } from './plot-key';
import type { StackPart, StackPlotProps } from './plot-types';
import { barPxOf, FOOT_PX, KEY_GAP_PX, KEY_ROW_PX, ROW_PX, type StackLayout, stackLayout } from './stack-layout';
import { FONT_PX } from './text-width';
import { useSize } from './use-size';

/** Height in pixels at which every row of a lying plot can be read; upright ones are drawn at any height. */
export const stackPlotHeight = (columns: StackPlotProps['columns'], direction: StackPlotProps['direction']): number =>
  direction === 'columns' ? 260 : 2 * KEY_ROW_PX + KEY_GAP_PX + FOOT_PX + ROW_PX * Math.max(1, columns.length);

/** Counts or shares on top of each other (`columns`) or after each other (`rows`). Of lying ones the height is `stackPlotHeight`. */
export const StackPlot = memo((props: StackPlotProps) => {
  const [ref, size] = useSize();
  const layout = useMemo(() => (size ? stackLayout(props, size) : null), [props, size]);
  return (
    <div ref={ref} className="relative h-full w-full">
      {layout && size && (
        <PlotArea
          label={`${props.value.label} by ${props.category.label}`}
          marks={layout.marks}
          way={props.direction === 'rows' ? 'down' : 'across'}
          size={size}
        >
          <Picture layout={layout} size={size} plot={props} />
        </PlotArea>
      )}
    </div>
  );
});
StackPlot.displayName = 'StackPlot';

type PictureProps = { layout: StackLayout; size: Size; plot: StackPlotProps };

const Picture = memo(({ layout, size: { width, height }, plot }: PictureProps) => {
  const id = useId();
  const { frame, value, keys, names, figures, category, pitch } = layout;
  const { direction, parts, columns } = plot;
  const isRows = direction === 'rows';
  const hatchOf = (part: StackPart) => `${id}${parts.indexOf(part)}`;
  const fillOf = (part: StackPart) => (part.hatched === true ? `url(#${hatchOf(part)})` : part.look.color);
  const number = { ...axisProps(value, !isRows), stroke: 'var(--line-strong)' };
  const named = {
    type: 'category',
    dataKey: 'key',
    tick: false,
    tickLine: false,
    stroke: 'var(--line-strong)',
  } as const;
  return (
    <BarChart
      layout={isRows ? 'vertical' : 'horizontal'}
      width={width}
      height={height}
      data={columns}
      accessibilityLayer={false}
      margin={{
        top: frame.top,
        left: isRows ? frame.left : 0,
        right: width - frame.right,
        bottom: height - frame.bottom - FOOT_TICKS_PX,
      }}
    >
      <defs>
        {parts.map((part) =>
          part.hatched === true ? (
            <pattern
              key={part.key}
              id={hatchOf(part)}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" fill={part.look.color} fillOpacity={0.16} />
              <rect width="2.5" height="6" fill={part.look.color} />
            </pattern>
          ) : null,
        )}
      </defs>
      <CartesianGrid {...(isRows ? { horizontal: false } : { vertical: false })} stroke="var(--line)" />
      {isRows ? <XAxis {...number} height={FOOT_TICKS_PX} /> : <XAxis {...named} height={FOOT_TICKS_PX} />}
      {isRows ? <YAxis {...named} width={0} hide /> : <YAxis {...number} width={frame.left} axisLine={false} />}
      {parts.map((part) => (
        <Bar
          key={part.key}
          dataKey={({ values }: StackPlotProps['columns'][number]) => values[part.key] ?? 0}
          name={part.name}
          stackId="parts"
          barSize={barPxOf(pitch, direction)}
          isAnimationActive={false}
          fill={fillOf(part)}
          // The ground between two parts, so that their border is seen whatever their colours are.
          stroke={part.hatched === true ? part.look.color : 'var(--surface)'}
          strokeWidth={pitch > 8 ? 0.75 : 0}
        />
      ))}
      {names.map(({ key, text, name, at }) => (
        <text
          key={key}
          x={isRows ? frame.left - 8 : at}
          y={isRows ? at + 4 : frame.bottom + 14}
          fontSize={FONT_PX}
          fill="var(--ink-2)"
          textAnchor={isRows ? 'end' : 'middle'}
        >
          <title>{name}</title>
          {text}
        </text>
      ))}
      <ZIndexLayer zIndex={DefaultZIndexes.label}>
        {figures.map(({ key, text, x, y }) => (
          <text key={key} x={x} y={y + 4} fontSize={FONT_PX} fontWeight={500} fill="var(--surface)" textAnchor="middle">
            {text}
          </text>
        ))}
      </ZIndexLayer>
      <PartKey
        keys={keys}
        fillOf={(key) =>
          fillOf(
            parts.find((part) => part.key === key) ?? {
              key,
              name: '',
              look: { color: 'none', dash: '', shape: 'circle' },
            },
          )
        }
      />
      <AxisWords
        frame={frame}
        top={null}
        bottom={{ text: isRows ? value.label : category, y: frame.bottom + FOOT_WORDS_PX }}
      />
      {!isRows && (
        <text x={0} y={frame.top - 9} fontSize={FONT_PX} fill="var(--ink-2)">
          {value.label}
        </text>
      )}
    </BarChart>
  );
});
Picture.displayName = 'Picture';
