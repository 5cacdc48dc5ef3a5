/** One series of a plot of lines, where its axes put it. */
import { isOn, type PlottedAxis, pixelOf } from './plot-axis';
import type { Frame, PlotMark } from './plot-mark';
import type { LineSeries, Look } from './plot-types';

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

const FEW_POINTS = 24;
const SHAPE_EVERY_PX = 96;
/** Room for intervals at both ends of the lying axis. */
export const INSET_PX = 14;

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

type Ground = {
  readonly frame: Frame;
  readonly x: PlottedAxis;
  readonly y: PlottedAxis;
  readonly inset: number;
  readonly series: readonly LineSeries[];
  /** Whether there is but one named series, which needs no shape. */
  readonly isLone: boolean;
};

/** Places series on these axes; what a given domain leaves out is cut off upright and dropped sideways. */
export const placing = ({ frame, x, y, inset, series, isLone }: Ground) => {
  const atX = (value: number) => pixelOf(x, value, frame.left + inset, frame.right - inset);
  const atY = (value: number) =>
    Math.min(frame.bottom, Math.max(frame.top, pixelOf(y, value, frame.bottom, frame.top)));
  return (one: LineSeries, line: number) => {
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
    const shaped = isLone ? new Set<number>() : shapedOf(spots, line, frame.left);
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
  };
};
