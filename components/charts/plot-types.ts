/** What the plots of this room are given. Every mark carries its words and its address. */
import type { Route } from 'next';

/** Colour, dash and shape together, so that a series is told apart without colour. */
export type Look = {
  /** A CSS colour, a variable of the palette: `var(--series-1)`, `var(--check-accuracy)`. */
  readonly color: string;
  /** An SVG dash array; empty for a whole line. */
  readonly dash: string;
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'star';
};

/** What every mark of a plot says and opens. */
export type MarkWords = {
  /** Heads the tooltip. */
  readonly title: string;
  readonly lines: readonly string[];
  /** The rollouts behind it; null where there are none to show. */
  readonly href: Route | null;
};

export type Axis = {
  readonly label: string;
  readonly unit: string | null;
  readonly format: (value: number) => string;
  readonly scale: 'linear' | 'log';
  /** Ends; left out, they follow from the data. */
  readonly domain?: readonly [number, number];
};

export type LinePoint = MarkWords & {
  readonly x: number;
  /** Null leaves a hole. */
  readonly y: number | null;
  /** Ends of a band or an interval around `y`. */
  readonly low?: number;
  readonly high?: number;
};

export type LineSeries = {
  readonly key: string;
  /** In tooltips, tables and the key. */
  readonly name: string;
  /** At the end of its line. */
  readonly short: string;
  readonly look: Look;
  readonly points: readonly LinePoint[];
  /** Drawn thin behind, as unsmoothed values are; not named and not reached by keyboard. */
  readonly behind?: boolean;
  /** `band` fills between low and high, `bars` draws intervals with dots and no line. */
  readonly interval?: 'band' | 'bars';
  readonly curve?: 'line' | 'step';
};

/** Lines over a number: curves, distributions, quantile ribbons, bins with intervals. */
export type LinePlotProps = {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
};

export type Bar = MarkWords & {
  readonly key: string;
  readonly value: number | null;
  readonly low?: number;
  readonly high?: number;
  /** Written at the bar. */
  readonly label: string;
  readonly look: Look;
  /** Drawn as an outline: what is not this project's own, as published figures. */
  readonly outlined?: boolean;
  /** A second value, marked across the bar by a small diamond: the stricter reading of the same rollouts. */
  readonly mark?: number;
};

/** Horizontal bars in named groups, with intervals. */
export type BarPlotProps = {
  readonly x: Axis;
  readonly groups: readonly { readonly key: string; readonly name: string; readonly bars: readonly Bar[] }[];
};

export type StackPart = {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  readonly hatched?: boolean;
};
export type StackColumn = {
  readonly key: string;
  readonly name: string;
  /** By key of the part. */
  readonly values: Readonly<Record<string, number>>;
  /** By key of the part. */
  readonly words: Readonly<Record<string, MarkWords>>;
};

/** Counts or shares stacked: histograms (`columns` upright) and compositions (`rows` lying). */
export type StackPlotProps = {
  readonly direction: 'columns' | 'rows';
  /** Of the values. */
  readonly value: Axis;
  readonly category: { readonly label: string; readonly unit: string | null };
  readonly parts: readonly StackPart[];
  readonly columns: readonly StackColumn[];
};
