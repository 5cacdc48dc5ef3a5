import { useMemo } from 'react';
import { LinePlot } from '@/components/charts/line-plot';
import type { Axis, LineSeries } from '@/components/charts/plot-types';

/** One small chart: the series of one value of the facet. */
export type Multiple = { readonly key: string; readonly title: string; readonly series: readonly LineSeries[] };

type MultiplesProps = { readonly x: Axis; readonly y: Axis; readonly plots: readonly Multiple[] };

/** Pixels of a small chart's title. */
export const TITLE_PX = 24;

const ends = (axis: Axis, values: readonly number[]): Axis => {
  const there = values.filter((value) => Number.isFinite(value) && (axis.scale === 'linear' || value > 0));
  if (axis.domain || there.length === 0) return axis;
  const [low, high] = [Math.min(...there), Math.max(...there)];
  return low < high ? { ...axis, domain: [low, high] } : axis;
};

/**
 * One chart, or one for each value of the facet, beside each other over the same axes; narrow screens scroll them
 * sideways.
 */
export const Multiples = ({ x, y, plots }: MultiplesProps) => {
  const [sharedX, sharedY] = useMemo(() => {
    if (plots.length < 2) return [x, y];
    const points = plots.flatMap(({ series }) => series.flatMap((one) => one.points));
    const heights = points.flatMap(({ y: value, low, high }) =>
      value === null ? [] : [0, value, low ?? value, high ?? value],
    );
    return [
      ends(
        x,
        points.map((point) => point.x),
      ),
      ends(y, heights),
    ];
  }, [plots, x, y]);
  if (plots.length < 2) return <LinePlot x={x} y={y} series={plots[0]?.series ?? []} />;
  return (
    <div className="grid h-full auto-cols-[minmax(17rem,1fr)] grid-flow-col gap-3 overflow-x-auto overflow-y-hidden">
      {plots.map(({ key, title, series }) => (
        <section key={key} aria-label={title} className="flex min-w-0 flex-col">
          <h3 className="truncate font-medium" style={{ height: TITLE_PX }} title={title}>
            {title}
          </h3>
          <div className="min-h-0 flex-1">
            <LinePlot x={sharedX} y={sharedY} series={series} />
          </div>
        </section>
      ))}
    </div>
  );
};
