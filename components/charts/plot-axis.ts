/** An axis of a plot, ready to be drawn: its ends, its ticks and its words. */
import { type Ends, endsOf, linearTicks, logTicks, placeOn } from '@/lib/domain/charts/scale';
import type { Axis } from './plot-types';

export type PlottedAxis = {
  readonly kind: Axis['scale'];
  readonly ends: Ends;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly label: string;
};

type Room = {
  /** Ticks that fit. */
  readonly most: number;
  /** Whether the ends are those of the data, or the round numbers around them. */
  readonly exact: boolean;
};

const exactEnds = (there: readonly number[]): Ends | null => {
  const [first] = there;
  if (first === undefined) return null;
  const low = there.reduce((a, b) => Math.min(a, b), first);
  const high = there.reduce((a, b) => Math.max(a, b), first);
  return low < high ? [low, high] : null;
};

const around = (value: number, kind: Axis['scale']): Ends =>
  kind === 'log' ? [value / 2, value * 2] : [value - 1, value + 1];

const chosenEnds = ({ scale, domain }: Axis, values: readonly number[], { most, exact }: Room): Ends => {
  const there = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  if (domain && domain[0] < domain[1] && (scale === 'linear' || domain[0] > 0)) return domain;
  const [first] = there;
  const hasZero = scale === 'log' && there.length < values.length;
  const ends = exact && first !== undefined ? (exactEnds(there) ?? around(first, scale)) : endsOf(scale, there, most);
  // What has no logarithm stands at the low end, at 1 where counts allow it.
  return hasZero && ends[0] > 1 ? [1, ends[1]] : ends;
};

/** As many ticks as have room and texts that differ; whole numbers where the data are whole. */
const readableTicks = (axis: Axis, ends: Ends, most: number, whole: boolean): number[] => {
  const { scale, format } = axis;
  const ticks = scale === 'log' ? logTicks(ends, most) : linearTicks(ends, most);
  const fitting = whole ? ticks.filter((tick) => Number.isInteger(tick)) : ticks;
  // A format that rounds would write 0.5 % and 1 % alike: fewer ticks are further apart.
  const differ = new Set(fitting.map(format)).size === fitting.length;
  return differ || most <= 1 ? fitting : readableTicks(axis, ends, most - 1, whole);
};

/** The axis for these values; `values` are all that stand on it, with the ends of intervals. */
export const plotAxis = (axis: Axis, values: readonly number[], room: Room): PlottedAxis => {
  const ends = chosenEnds(axis, values, room);
  const whole = values.length > 0 && values.every((value) => Number.isInteger(value));
  const raised = axis.scale === 'log' && values.some((value) => value <= 0);
  const notes = [
    ...(axis.unit ? [axis.unit] : []),
    ...(axis.scale === 'log' ? [raised ? `log; 0 stands at ${axis.format(ends[0])}` : 'log'] : []),
  ];
  return {
    kind: axis.scale,
    ends,
    ticks: readableTicks(axis, ends, room.most, whole),
    format: axis.format,
    label: notes.length > 0 ? `${axis.label} (${notes.join(', ')})` : axis.label,
  };
};

/** Where a value stands between two pixels. */
export const pixelOf = ({ kind, ends }: PlottedAxis, value: number, from: number, to: number): number =>
  from + placeOn(kind, ends, value) * (to - from);

/** Whether the axis shows the value; a log axis shows what has no logarithm at its low end. */
export const isOn = ({ kind, ends: [low, high] }: PlottedAxis, value: number): boolean =>
  Number.isFinite(value) &&
  value <= high + 1e-9 * (high - low) &&
  (kind === 'log' || value >= low - 1e-9 * (high - low));
