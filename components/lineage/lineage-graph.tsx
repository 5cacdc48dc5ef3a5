'use client';
import { useMemo, useState } from 'react';
import { cx } from '@/components/ui/cx';
import type { Lineage } from '@/lib/domain/lineage';
import {
  type LineageGraph as Graph,
  type LineageLayout,
  layoutAcross,
  layoutDown,
  lineageGraph,
  type PlacedNode,
  relativesOf,
} from '@/lib/domain/lineage-graph';
import { LineHead } from './line-head';
import { BOX_PX, type Place, routeOf } from './line-route';
import { LineageNodeBox } from './lineage-node';

const ROW_PX = 52;
/** Between iterations: room for their names and for the lines that lead on. */
const BAND_PX = 26;
/** Share of a column that its box takes; the rest is for lines. */
const BOX_SHARE = 0.82;

/** Places in percent of the width and pixels of the height, so that nothing must be measured. */
const placer = ({ columns, bands }: LineageLayout) => {
  const width = 100 / columns;
  const gapsBefore = (row: number) => bands.filter((band) => band.row <= row).length;
  return ({ column, row }: Pick<PlacedNode, 'column' | 'row'>): Place => {
    const top = row * ROW_PX + gapsBefore(row) * BAND_PX;
    return { left: column * width, right: (column + BOX_SHARE) * width, top, middle: top + BOX_PX / 2 };
  };
};

/** Whether another box stands between two boxes of one column. */
const isBetween = (nodes: readonly PlacedNode[], from: PlacedNode, to: PlacedNode): boolean =>
  from.column === to.column &&
  nodes.some(
    ({ column, row }) => column === from.column && row > Math.min(from.row, to.row) && row < Math.max(from.row, to.row),
  );

type DrawingProps = {
  graph: Graph;
  layout: LineageLayout;
  runId: string;
  /** Nodes that are shown as belonging to the picked one; null: none is picked. */
  relatives: ReadonlySet<string> | null;
  /** Whose relatives they are: the one under the pointer, else the picked one. */
  shown: string | null;
  picked: string | null;
  onPick: (id: string | null) => void;
  onPoint: (id: string | null) => void;
  className: string;
  /** Pixels under which it scrolls. */
  minWidth: number;
};

const Drawing = ({
  graph,
  layout,
  runId,
  relatives,
  shown,
  picked,
  onPick,
  onPoint,
  className,
  minWidth,
}: DrawingProps) => {
  const place = placer(layout);
  const room = ((1 - BOX_SHARE) * 100) / layout.columns;
  const height = layout.rows * ROW_PX + layout.bands.length * BAND_PX;
  const placed = new Map(layout.nodes.map((one) => [one.node.id, one]));
  const isLit = (id: string) => relatives?.has(id) ?? false;
  const lines = graph.edges.flatMap(({ from, to }, index) => {
    const [start, end] = [placed.get(from), placed.get(to)];
    if (!start || !end) return [];
    // Several lines around the same boxes keep apart.
    const around = isBetween(layout.nodes, start, end) ? (room / 4) * (1 + (index % 3)) : null;
    const lit = isLit(from) && isLit(to);
    const route = routeOf(place(start), place(end), around);
    return [{ key: `${from} ${to}`, route, lit, dim: relatives !== null && !lit }];
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={cx('overflow-x-auto', className)} aria-label="Lineage of this run" tabIndex={0}>
      <div className="relative" style={{ height, minWidth }}>
        <svg
          aria-hidden
          className="absolute inset-0 size-full overflow-visible"
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
        >
          {lines.map(({ key, route, lit, dim }) => (
            <path
              key={key}
              d={route.d}
              fill="none"
              vectorEffect="non-scaling-stroke"
              stroke={lit ? 'var(--accent)' : 'var(--line-strong)'}
              strokeWidth={lit ? 2 : 1.25}
              opacity={dim ? 0.3 : 1}
            />
          ))}
        </svg>
        {lines.map((line) => (
          <LineHead {...line} key={line.key} />
        ))}
        {layout.bands.map(({ k, row }) => (
          <h3
            key={k}
            className="absolute left-0 text-ink-2 text-xs"
            style={{ top: place({ column: 0, row }).top - BAND_PX + 4 }}
          >
            Iteration {k}
          </h3>
        ))}
        {layout.nodes.map(({ node, ...at }) => {
          const { left, right, top } = place(at);
          const look = !relatives ? 'plain' : node.id === shown ? 'chosen' : isLit(node.id) ? 'relative' : 'dim';
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: pointing shows relatives; the box inside is what acts
            <div
              key={node.id}
              className="absolute"
              style={{ left: `${left}%`, width: `${right - left}%`, top, height: BOX_PX }}
              onMouseEnter={() => onPoint(node.id)}
              onMouseLeave={() => onPoint(null)}
              onFocus={() => onPoint(node.id)}
              onBlur={() => onPoint(null)}
            >
              <LineageNodeBox
                node={node}
                runId={runId}
                look={look}
                isPicked={picked === node.id}
                onPick={() => onPick(picked === node.id ? null : node.id)}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
};

/** Pixels that a column needs for its words. */
const COLUMN_PX = 104;

/** Where everything of a run came from, both ways. Left to right by iterations; top-down on narrow screens. */
export const LineageGraph = ({ lineage, runId }: { lineage: Lineage; runId: string }) => {
  const [picked, setPicked] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const graph = useMemo(() => lineageGraph(lineage), [lineage]);
  const [across, down] = useMemo(() => [layoutAcross(graph), layoutDown(graph)], [graph]);
  const shown = pointed ?? picked;
  const relatives = useMemo(() => (shown === null ? null : relativesOf(graph, shown)), [graph, shown]);
  const shared = { graph, runId, relatives, shown, picked, onPick: setPicked, onPoint: setPointed };
  return (
    <>
      <Drawing {...shared} layout={across} className="hidden lg:block" minWidth={across.columns * COLUMN_PX} />
      <Drawing {...shared} layout={down} className="lg:hidden" minWidth={0} />
    </>
  );
};
