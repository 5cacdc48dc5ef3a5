'use client';
import { memo, useMemo } from 'react';
import { Symbols } from 'recharts';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { Size } from '@/components/charts/line-layout';
import { PlotArea } from '@/components/charts/plot-area';
import { pixelOf } from '@/components/charts/plot-axis';
import { FONT_PX, fitText } from '@/components/charts/text-width';
import { useSize } from '@/components/charts/use-size';
import type { SliceChains } from '@/lib/domain/question-comparison/comparison';
import type { RolloutListState } from '@/lib/domain/rollouts/filter';
import { lengthData, lengthSummary } from './length-data';
import { FOOT_PX, type LengthLayout, type LengthRow, lengthLayout, ROW_PX } from './length-layout';

type LengthPanelProps = { readonly slices: readonly SliceChains[]; readonly list: RolloutListState };

/** How long each chain thinks, all slices on one axis from zero. */
export const LengthPanel = ({ slices, list }: LengthPanelProps) => (
  <ChartPanel
    title="Length"
    name="question-lengths"
    summary={`${lengthSummary(slices)} Filled: correct. Hollow: wrong, or no truth. The line is the mean.`}
    data={lengthData(slices, list)}
    height={FOOT_PX + ROW_PX * slices.length}
  >
    <LengthPlot slices={slices} list={list} />
  </ChartPanel>
);

const LengthPlot = ({ slices, list }: LengthPanelProps) => {
  const [ref, size] = useSize();
  const layout = useMemo(() => (size ? lengthLayout(slices, list, size) : null), [slices, list, size]);
  return (
    <div ref={ref} className="relative h-full w-full">
      {layout && size && (
        <PlotArea label="Thinking tokens by slice" marks={layout.marks} way="across" size={size}>
          <Picture layout={layout} size={size} />
        </PlotArea>
      )}
    </div>
  );
};

const Picture = memo(({ layout, size }: { layout: LengthLayout; size: Size }) => {
  const { left, right, bottom, axis, rows } = layout;
  return (
    <svg width={size.width} height={size.height} aria-hidden="true">
      {axis.ticks.map((tick) => {
        const x = pixelOf(axis, tick, left, right);
        return (
          <g key={tick}>
            <path d={`M${x} 0V${bottom}`} stroke="var(--line)" />
            <text x={x} y={bottom + 14} fontSize={FONT_PX} fill="var(--ink-2)" textAnchor="middle">
              {axis.format(tick)}
            </text>
          </g>
        );
      })}
      <text x={right} y={bottom + 29} fontSize={FONT_PX} fill="var(--ink-2)" textAnchor="end">
        {axis.label}
      </text>
      {rows.map((row) => (
        <Row key={row.key} row={row} left={left} right={right} />
      ))}
    </svg>
  );
});
Picture.displayName = 'Picture';

const Row = ({ row, left, right }: { row: LengthRow; left: number; right: number }) => {
  const { name, look, base, mean, dots } = row;
  const foot = base + 6;
  return (
    <g>
      <title>{name}</title>
      <text x={left - 12} y={base + 1} fontSize={FONT_PX} fontWeight={500} fill={look.color} textAnchor="end">
        {fitText(name, left - 14)}
      </text>
      <path d={`M${left} ${foot}H${right}`} stroke="var(--line-strong)" strokeWidth={0.75} />
      {mean !== null && (
        <path
          d={`M${mean} ${foot}v${-(ROW_PX - 14)}`}
          stroke={look.color}
          strokeWidth={1.5}
          strokeDasharray={look.dash}
        />
      )}
      {dots.map(({ id, x, y, right: isRight }) => (
        <Symbols
          key={id}
          cx={x}
          cy={y}
          type={look.shape}
          size={38}
          fill={isRight ? look.color : 'var(--surface)'}
          stroke={look.color}
          strokeWidth={1.5}
        />
      ))}
    </g>
  );
};
