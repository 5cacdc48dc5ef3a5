/** Names at the ends of lines. */
import { spreadLabels } from '@/lib/domain/charts/spread-labels';
import type { Spot } from './line-series';
import type { Frame } from './plot-mark';
import type { LineSeries, Look } from './plot-types';
import { fitText } from './text-width';

/** Pixels between two names. */
const LABEL_PX = 14;

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

/** The names apart from each other, at most `room` wide; null where they do not fit and belong into a key. */
export const endNames = (
  named: readonly { series: LineSeries; end: Spot }[],
  frame: Frame,
  room: number,
  widthOf: (text: string) => number,
) => {
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
