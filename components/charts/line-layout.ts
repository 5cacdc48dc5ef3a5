/** Where everything in a plot of lines stands, from its data and its size: pure, so that it can be tested without a page. */
import { type EndLabel, endNames } from './end-names';
import { keyLayout, type PlacedKey } from './key-layout';
import { type DrawnSeries, INSET_PX, placing } from './line-series';
import { type PlottedAxis, plotAxis } from './plot-axis';
import { type Frame, frameHeight, frameWidth, type PlotMark } from './plot-mark';
import type { LinePlotProps, LinePoint } from './plot-types';
import { textWidth } from './text-width';

export type Size = { readonly width: number; readonly height: number };
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

const HEAD_PX = 20;
const FOOT_PX = 36;
const KEY_ROW_PX = 16;
const NAME_GAP_PX = 12;
const MOST_NAMES = 8;
/** Below this width names at the ends would take too much of the picture. */
const NARROW_PX = 420;

type Width = (text: string) => number;

const spread = ({ y, low, high }: LinePoint): number[] => (y === null ? [] : [y, low ?? y, high ?? y]);

/** The layout for this size: names at the ends of the lines where they fit, else a key below. */
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

    const place = placing({ frame, x, y, inset, series, isLone: named.length === 1 });
    const placed = series.map(place);
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
