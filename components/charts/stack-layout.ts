/** Where everything in a plot of stacked bars stands, from its data and its size. */
import { keyLayout, type PlacedKey } from './key-layout';
import type { Size } from './line-layout';
import { type PlottedAxis, pixelOf, plotAxis } from './plot-axis';
import { type Frame, frameHeight, frameWidth, type PlotMark } from './plot-mark';
import type { StackPlotProps } from './plot-types';
import { fitText, textWidth } from './text-width';

export type StackLayout = {
  readonly frame: Frame;
  readonly value: PlottedAxis;
  readonly keys: PlacedKey;
  /** Names of the columns or rows that have room, at their middle. */
  readonly names: readonly {
    readonly key: string;
    readonly text: string;
    readonly name: string;
    readonly at: number;
  }[];
  readonly category: string;
  /** Values written into what is long enough for them. */
  readonly figures: readonly { readonly key: string; readonly text: string; readonly x: number; readonly y: number }[];
  /** Pixels from the beginning of one column or row to that of the next. */
  readonly pitch: number;
  readonly marks: readonly PlotMark[];
};

export const KEY_ROW_PX = 16;
export const KEY_GAP_PX = 8;
const HEAD_PX = 20;
export const FOOT_PX = 36;
export const ROW_PX = 30;
const MOST_FIGURE_ROWS = 24;

export const barPxOf = (pitch: number, direction: StackPlotProps['direction']): number =>
  direction === 'rows' ? Math.min(20, pitch * 0.68) : Math.max(1, Math.min(56, pitch - (pitch > 8 ? 2 : 1)));

export const stackLayout = (
  { direction, value: axis, category, parts, columns }: StackPlotProps,
  { width, height }: Size,
  widthOf: (text: string) => number = textWidth,
): StackLayout => {
  const isRows = direction === 'rows';
  const keys = keyLayout(parts.length > 1 ? parts : [], width, widthOf);
  const head = keys.rows * KEY_ROW_PX + (keys.rows > 0 ? KEY_GAP_PX : 0);
  const sums = columns.map(({ values }) => parts.reduce((sum, { key }) => sum + Math.max(0, values[key] ?? 0), 0));
  const top = head + (isRows ? 0 : HEAD_PX);
  const bottom = height - FOOT_PX;
  const room = isRows ? width : bottom - top;
  const value = plotAxis(axis, [0, ...sums], {
    most: Math.max(1, Math.min(6, Math.floor(room / (isRows ? 70 : 34)))),
    exact: false,
  });
  const nameRoom = isRows
    ? Math.min(width * 0.36, Math.max(0, ...columns.map(({ name }) => widthOf(name))) + 1)
    : Math.max(20, ...value.ticks.map((tick) => widthOf(value.format(tick))));
  const lastTick = value.ticks.at(-1);
  const frame: Frame = {
    left: Math.ceil(nameRoom) + 8,
    top,
    right: width - (isRows && lastTick !== undefined ? Math.ceil(widthOf(value.format(lastTick)) / 2) + 2 : 2),
    bottom,
  };
  const length = isRows ? frameHeight(frame) : frameWidth(frame);
  const pitch = length / Math.max(1, columns.length);
  const barPx = barPxOf(pitch, direction);
  const middle = (at: number) => (isRows ? frame.top : frame.left) + (at + 0.5) * pitch;
  const pixel = (amount: number) =>
    isRows ? pixelOf(value, amount, frame.left, frame.right) : pixelOf(value, amount, frame.bottom, frame.top);

  const pieces = columns.flatMap((column, at) => {
    let sum = 0;
    return parts.flatMap((part, line) => {
      const amount = Math.max(0, column.values[part.key] ?? 0);
      const [from, to] = [pixel(sum), pixel(sum + amount)];
      sum += amount;
      const words = column.words[part.key];
      if (!words || amount === 0) return [];
      const box = isRows
        ? { x: from, y: middle(at) - barPx / 2, width: to - from, height: barPx }
        : { x: middle(at) - barPx / 2, y: to, width: barPx, height: from - to };
      return [{ key: `${column.key} ${part.key}`, amount, line, part, box, words }];
    });
  });
  return {
    frame,
    value,
    keys,
    category: category.unit ? `${category.label} (${category.unit})` : category.label,
    names: namesOf(columns, isRows, pitch, nameRoom, middle, widthOf),
    figures:
      isRows && columns.length <= MOST_FIGURE_ROWS
        ? pieces.flatMap(({ key, amount, box, part }) => {
            const text = axis.format(amount);
            const fits = part.hatched !== true && widthOf(text) + 8 <= box.width;
            return fits ? [{ key, text, x: box.x + box.width / 2, y: box.y + box.height / 2 }] : [];
          })
        : [],
    pitch,
    marks: pieces.map(
      ({ line, part, box, words }): PlotMark => ({
        line,
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
        box,
        words,
        look: part.look,
      }),
    ),
  };
};

/** Every name, shortened, where they are few; else every second, fourth and so on, as they fit whole. */
const namesOf = (
  columns: StackPlotProps['columns'],
  isRows: boolean,
  pitch: number,
  nameRoom: number,
  middle: (at: number) => number,
  widthOf: (text: string) => number,
): StackLayout['names'] => {
  const all = columns.map(({ key, name }, at) => ({ key, name, at }));
  if (isRows)
    return all.map(({ key, name, at }) => ({ key, name, text: fitText(name, nameRoom, widthOf), at: middle(at) }));
  if (columns.length <= 6)
    return all.map(({ key, name, at }) => ({ key, name, text: fitText(name, pitch - 6, widthOf), at: middle(at) }));
  const widest = Math.max(1, ...columns.map(({ name }) => widthOf(name))) + 12;
  const stride = Math.max(1, Math.ceil(widest / pitch));
  return all
    .filter(({ at }) => at % stride === 0)
    .map(({ key, name, at }) => ({ key, name, text: name, at: middle(at) }));
};
