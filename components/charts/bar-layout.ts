/** Where everything in a plot of lying bars stands, from its data and its size. */
import type { Size } from './line-layout';
import { type PlottedAxis, pixelOf, plotAxis } from './plot-axis';
import { type Frame, frameWidth, type PlotMark } from './plot-mark';
import type { Bar, BarPlotProps } from './plot-types';
import { fitText, textWidth } from './text-width';

type Groups = BarPlotProps['groups'];

export type BarRow = {
  readonly key: string;
  /** Of a row that names a group. */
  readonly head: { readonly text: string; readonly name: string } | null;
  readonly bar: Bar | null;
  /** For Recharts: null draws none. */
  readonly value: number | null;
  /** How far the interval reaches to either side of the value; null where there is none. */
  readonly reach: readonly [number, number] | null;
  /** Middle of the row. */
  readonly y: number;
  readonly label: { readonly text: string; readonly x: number } | null;
  /** Where its second value stands; null where it has none. */
  readonly markX: number | null;
};

export type BarLayout = {
  readonly frame: Frame;
  readonly x: PlottedAxis;
  readonly rows: readonly BarRow[];
  /** Shapes stand before the bars where they tell series apart. */
  readonly glyphX: number | null;
  readonly marks: readonly PlotMark[];
};

export const ROW_PX = 21;
export const TOP_PX = 2;
export const FOOT_PX = 36;
const GLYPH_PX = 14;
const LABEL_GAP_PX = 7;

/** Whether the group has a row for its name. */
export const isNamed = ({ name }: Groups[number]): boolean => name !== '';

const valuesOf = ({ value, low, high, mark }: Bar): number[] =>
  value === null ? [] : [value, low ?? value, high ?? value, mark ?? value];

export const barLayout = (
  { x: axis, groups }: BarPlotProps,
  { width, height }: Size,
  widthOf: (text: string) => number = textWidth,
): BarLayout => {
  const bars = groups.flatMap((group) => group.bars);
  const hasShapes = new Set(bars.map(({ look }) => look.shape)).size > 1;
  // A bar is read by its length: it begins at zero.
  const values = bars.flatMap(valuesOf);
  const from = axis.scale === 'log' ? [] : [0];
  const [first] = plotAxis(axis, [...values, ...from], { most: 6, exact: false }).ends;
  // Half of the first tick stands before the axis.
  const left = Math.max(hasShapes ? GLYPH_PX : 1, Math.ceil(widthOf(axis.format(first)) / 2));
  const labelRoom = Math.min(width * 0.48, Math.max(0, ...bars.map(({ label }) => widthOf(label))) + 1);
  const frame: Frame = {
    left,
    top: TOP_PX,
    right: Math.max(left + 20, width - labelRoom - LABEL_GAP_PX - 4),
    bottom: height - FOOT_PX,
  };
  const wide = Math.max(24, ...values.map((value) => widthOf(axis.format(value))));
  const x = plotAxis(axis, [...values, ...from], {
    most: Math.max(1, Math.min(6, Math.floor(frameWidth(frame) / (wide + 22)))),
    exact: false,
  });
  const lines = groups.flatMap((group) => [
    ...(isNamed(group) ? [{ key: `${group.key} name`, group, bar: null }] : []),
    ...group.bars.map((bar) => ({ key: `${group.key} ${bar.key}`, group, bar })),
  ]);
  const pitch = (frame.bottom - frame.top) / Math.max(1, lines.length);
  const rows = lines.map(({ key, group, bar }, at): BarRow => {
    const y = frame.top + (at + 0.5) * pitch;
    if (!bar) {
      const text = fitText(group.name, width - 4, (words) => widthOf(words) * 1.08);
      return { key, head: { text, name: group.name }, bar, value: null, reach: null, y, label: null, markX: null };
    }
    const { value, label, low, high, mark } = bar;
    // Beside a bar below zero, not on it.
    const end = Math.max(...valuesOf(bar), ...from, x.ends[0]);
    return {
      key,
      head: null,
      bar,
      value,
      reach: value === null || low === undefined || high === undefined ? null : [value - low, high - value],
      y,
      label: {
        text: fitText(label, labelRoom, widthOf),
        x: Math.min(pixelOf(x, end, frame.left, frame.right), frame.right) + LABEL_GAP_PX,
      },
      markX: mark === undefined ? null : pixelOf(x, mark, frame.left, frame.right),
    };
  });
  const marks = rows.flatMap(({ bar, y }): PlotMark[] =>
    bar
      ? [
          {
            line: 0,
            x: pixelOf(x, bar.value ?? x.ends[0], frame.left, frame.right),
            y,
            box: { x: 0, y: y - pitch / 2, width, height: pitch },
            words: bar,
            look: bar.look,
          },
        ]
      : [],
  );
  return { frame, x, rows, glyphX: hasShapes ? left - GLYPH_PX / 2 - 1 : null, marks };
};
