/** Where everything in a plot of lines stands, from its data and its size: pure, so that it can be tested without a page. */
import { spreadLabels } from '@/lib/domain/charts/spread-labels';
import { keyLayout, type PlacedKey } from './key-layout';
import { isOn, type PlottedAxis, pixelOf, plotAxis } from './plot-axis';
import { type Frame, frameHeight, frameWidth, type PlotMark } from './plot-mark';
import type { LinePlotProps, LinePoint, LineSeries, Look } from './plot-types';
import { fitText, textWidth } from './text-width';

export type Size = { readonly width: number; readonly height: number };
export type Spot = { readonly x: number; readonly y: number | null };

export type DrawnSeries = {
  readonly key: string;
  readonly look: Look;
  readonly behind: boolean;
  readonly step: boolean;
  /** Null where the series is drawn as dots with intervals. */
  readonly line: readonly Spot[] | null;
  readonly band: { readonly upper: readonly Spot[]; readonly lower: readonly Spot[] } | null;
  readonly whiskers: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  /** Points that carry the shape of the series: all of few; of many some, and those that stand alone. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
};

export type EndLabel = {
  readonly key: string;
  readonly text: string;
  readonly name: string;
  readonly look: Look;
  /** The end of the line. */
  readonly from: { readonly x: number; readonly y: number };
  /** Where the name stands. */
  readonly y: number;
};

export type LineLayout = {
  readonly frame: Frame;
  readonly x: PlottedAxis;
  readonly y: PlottedAxis;
  /** Pixels between the frame and the ends of the lying axis, at both sides. */
  readonly inset: number;
  readonly series: readonly DrawnSeries[];
  readonly labels: readonly EndLabel[];
  readonly keys: PlacedKey;
  readonly marks: readonly PlotMark[];
};

export const LABEL_PX = 14;
const HEAD_PX = 20;
const FOOT_PX = 36;
const KEY_ROW_PX = 16;
const NAME_GAP_PX = 12;
const MOST_NAMES = 8;
/** Below this width names at the ends would take too much of the picture. */
const NARROW_PX = 420;
const FEW_POINTS = 24;
const SHAPE_EVERY_PX = 96;
const INSET_PX = 14;

type Width = (text: string) => number;

const spread = ({ y, low, high }: LinePoint): number[] => (y === null ? [] : [y, low ?? y, high ?? y]);

/**
 * Points of a long line that carry its shape, `SHAPE_EVERY_PX` apart. Each series begins elsewhere, so that shapes of lines
 * that lie on each other do not.
 */
const shapedOf = (points: readonly Spot[], line: number, left: number): ReadonlySet<number> => {
  let next = left + SHAPE_EVERY_PX * (0.25 + ((line * 0.382) % 1));
  const found = new Set<number>();
  for (const [at, { x, y }] of points.entries()) {
    if (y === null || x < next) continue;
    found.add(at);
    next = x + SHAPE_EVERY_PX;
  }
  return found;
};

/** Pixels that intervals of several series stand aside, since they often share their places on the axis. */
const asideOf = (series: readonly LineSeries[], one: LineSeries): number => {
  if (one.interval !== 'bars') return 0;
  const all = series.filter(({ interval }) => interval === 'bars');
  return (all.indexOf(one) - (all.length - 1) / 2) * Math.min(8, (2 * INSET_PX) / all.length);
};

const alone = (points: readonly Spot[], at: number): boolean =>
  (points[at - 1]?.y ?? null) === null && (points[at + 1]?.y ?? null) === null;

/** Names at the ends of the lines; null where they do not fit and belong into a key. */
const endNames = (named: readonly { series: LineSeries; end: Spot }[], frame: Frame, room: number, widthOf: Width) => {
  const ends = named.flatMap(({ series, end }) => (end.y === null ? [] : [{ series, from: { x: end.x, y: end.y } }]));
  const heights = spreadLabels(
    ends.map(({ from }) => from.y),
    LABEL_PX,
    [frame.top, frame.bottom],
  );
  return (
    heights &&
    ends.map(({ series, from }, at) => ({
      key: series.key,
      text: fitText(series.short, room, widthOf),
      name: series.name,
      look: series.look,
      from,
      y: heights[at] ?? from.y,
    }))
  );
};

export const lineLayout = (
  { x: xAxis, y: yAxis, series }: LinePlotProps,
  { width, height }: Size,
  widthOf: Width = textWidth,
): LineLayout => {
  const points = series.flatMap((one) => one.points);
  const named = series.filter(({ behind, short }) => behind !== true && short !== '');
  const direct = named.length > 0 && named.length <= MOST_NAMES && width >= NARROW_PX;
  const nameRoom = direct ? Math.min(width * 0.3, Math.max(...named.map(({ short }) => widthOf(short))) + 1) : 0;

  // Intervals at the ends need room of their own; curves begin at the axis.
  const inset = series.some(({ interval }) => interval === 'bars') ? INSET_PX : 0;

  const layout = (asKey: boolean): LineLayout | null => {
    const keys = keyLayout(
      asKey ? named.map(({ key, short, look }) => ({ key, name: short, look })) : [],
      width,
      widthOf,
    );
    const bottom = height - FOOT_PX - keys.rows * KEY_ROW_PX;
    const ys = points.flatMap(spread);
    const y = plotAxis(yAxis, ys, {
      most: Math.max(1, Math.min(6, Math.floor((bottom - HEAD_PX) / 34))),
      exact: false,
    });
    const left = Math.ceil(Math.max(20, ...y.ticks.map((tick) => widthOf(y.format(tick))))) + 8;
    const xs = points.map((point) => point.x);
    const wide = Math.max(
      24,
      ...[Math.min(...xs), Math.max(...xs)].filter(Number.isFinite).map((value) => widthOf(xAxis.format(value))),
    );
    // Half of the last tick stands behind the axis.
    const right = width - Math.max(Math.ceil(wide / 2) + 1, asKey || nameRoom === 0 ? 0 : nameRoom + NAME_GAP_PX + 2);
    const frame: Frame = {
      left,
      top: HEAD_PX,
      right: Math.max(left + 10, right),
      bottom: Math.max(HEAD_PX + 10, bottom),
    };
    const x = plotAxis(xAxis, xs, {
      most: Math.max(1, Math.min(10, Math.floor(frameWidth(frame) / (wide + 26)))),
      exact: true,
    });

    const atX = (value: number) => pixelOf(x, value, frame.left + inset, frame.right - inset);
    const atY = (value: number) => pixelOf(y, value, frame.bottom, frame.top);
    const placed = series.map((one, line) => {
      const aside = asideOf(series, one);
      const shown = one.points.filter((point) => isOn(x, point.x));
      const spots = shown.map((point) => ({ x: atX(point.x) + aside, y: point.y === null ? null : atY(point.y) }));
      const hasEnds = shown.some(({ low, high }) => low !== undefined && high !== undefined);
      const edge = (which: 'low' | 'high') =>
        shown.map((point) => {
          const value = point[which];
          return { x: atX(point.x), y: value === undefined || point.y === null ? null : atY(value) };
        });
      const isBars = one.interval === 'bars';
      const few = spots.length <= FEW_POINTS && one.curve !== 'step';
      // A line by itself needs no shape.
      const shaped = named.length > 1 ? shapedOf(spots, line, frame.left) : new Set<number>();
      const isShaped = (at: number) => one.behind !== true && (few || shaped.has(at));
      const drawn: DrawnSeries = {
        key: one.key,
        look: one.look,
        behind: one.behind === true,
        step: one.curve === 'step',
        line: isBars ? null : spots,
        band: one.interval === 'band' && hasEnds ? { upper: edge('high'), lower: edge('low') } : null,
        whiskers: isBars
          ? shown.flatMap(({ x: value, y: middle, low, high }) =>
              middle === null || low === undefined || high === undefined
                ? []
                : [{ x: atX(value) + aside, low: atY(low), high: atY(high) }],
            )
          : [],
        dots: spots.flatMap(({ x: px, y: py }, at) =>
          py !== null && (isBars || isShaped(at) || alone(spots, at)) ? [{ x: px, y: py }] : [],
        ),
      };
      const marks: PlotMark[] =
        one.behind === true
          ? []
          : shown.flatMap((words, at) => {
              const spot = spots[at];
              return spot && spot.y !== null ? [{ line, x: spot.x, y: spot.y, words, look: one.look }] : [];
            });
      const end = spots.findLast((spot) => spot.y !== null);
      return { one, drawn, marks, end };
    });
    const labels = asKey
      ? []
      : endNames(
          placed.flatMap(({ one, end }) => (named.includes(one) && end ? [{ series: one, end }] : [])),
          frame,
          nameRoom,
          widthOf,
        );
    if (labels === null) return null;
    return {
      frame,
      x,
      y,
      inset,
      series: placed.map(({ drawn }) => drawn),
      labels,
      keys: { ...keys, top: height - keys.rows * KEY_ROW_PX },
      marks: placed.flatMap(({ marks }) => marks),
    };
  };
  // A key fits always: it wraps.
  const found = direct ? layout(false) : null;
  return found ?? layout(true) ?? empty(height);
};

const empty = (height: number): LineLayout => ({
  frame: { left: 0, top: 0, right: 1, bottom: Math.max(1, height) },
  x: plotAxis({ label: '', unit: null, format: String, scale: 'linear' }, [], { most: 1, exact: false }),
  y: plotAxis({ label: '', unit: null, format: String, scale: 'linear' }, [], { most: 1, exact: false }),
  inset: 0,
  series: [],
  labels: [],
  keys: { rows: 0, top: height, items: [] },
  marks: [],
});

/** Pixels between two ticks upright; for tests of readable axes. */
export const tickGap = ({ frame, y }: LineLayout): number => frameHeight(frame) / Math.max(1, y.ticks.length - 1);
