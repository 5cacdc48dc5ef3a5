import { describe, expect, test } from 'vitest';
import { type LineLayout, lineLayout } from './line-layout';
import { lookOf } from './look';
import type { Axis, LinePoint, LineSeries } from './plot-types';
import { fitText } from './text-width';

const widthOf = (text: string) => 6 * text.length;
const x: Axis = { label: 'Step', unit: null, format: String, scale: 'linear' };
const y: Axis = { label: 'Length', unit: 'tokens', format: String, scale: 'linear' };
const point = (px: number, py: number | null, ends: Partial<LinePoint> = {}): LinePoint => ({
  x: px,
  y: py,
  title: `at ${px}`,
  lines: [],
  href: null,
  ...ends,
});
const line = (at: number, ys: readonly (number | null)[], more: Partial<LineSeries> = {}): LineSeries => ({
  key: `s${at}`,
  name: `Series number ${at}`,
  short: `series ${at}`,
  look: lookOf(at),
  points: ys.map((value, step) => point(step, value)),
  ...more,
});
const wide = { width: 640, height: 260 };
const narrow = { width: 320, height: 260 };
const layoutOf = (series: readonly LineSeries[], size = wide, axes: Partial<{ x: Axis; y: Axis }> = {}): LineLayout =>
  lineLayout({ x, y, series, ...axes }, size, widthOf);

describe('names', () => {
  test('stand at the ends of the lines, apart from each other', () => {
    const { labels, keys } = layoutOf([line(0, [1, 5]), line(1, [2, 5.01]), line(2, [3, 9])]);
    expect(keys.rows).toBe(0);
    expect(labels.map(({ text }) => text)).toEqual(['series 0', 'series 1', 'series 2']);
    const heights = labels.map((label) => label.y).sort((a, b) => a - b);
    expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBeGreaterThanOrEqual(14);
    expect((heights[2] ?? 0) - (heights[1] ?? 0)).toBeGreaterThanOrEqual(14);
  });

  test.each([
    ['there is no room beside the picture', [line(0, [1, 2]), line(1, [2, 3])], narrow],
    ['there are more than eight', Array.from({ length: 9 }, (_, at) => line(at, [1, at])), wide],
    [
      'they would not fit above each other',
      Array.from({ length: 8 }, (_, at) => line(at, [1, at])),
      { width: 640, height: 150 },
    ],
  ])('are a key when %s', (_name, series, size) => {
    const { labels, keys, frame } = layoutOf(series, size);
    expect(labels).toEqual([]);
    expect(keys.items).toHaveLength(series.length);
    expect(keys.top).toBeGreaterThan(frame.bottom);
    for (const item of keys.items) expect(item.x + 22 + widthOf(item.text)).toBeLessThanOrEqual(size.width);
  });

  test('of lines behind are left out, and so are their marks', () => {
    const { labels, marks, series } = layoutOf([line(0, [1, 9, 2], { behind: true }), line(1, [2, 3, 4])]);
    expect(labels.map(({ key }) => key)).toEqual(['s1']);
    expect(new Set(marks.map((mark) => mark.line))).toEqual(new Set([1]));
    expect(series[0]?.dots).toEqual([]);
  });
});

test('marks stand where the axes say', () => {
  const { frame, marks, y: axis } = layoutOf([line(0, [0, 5, 10])]);
  expect(axis.ends).toEqual([0, 10]);
  expect(marks.map((mark) => [mark.x, mark.y])).toEqual([
    [frame.left, frame.bottom],
    [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2],
    [frame.right, frame.top],
  ]);
});

test('a hole is no mark, and what stands alone between holes is a dot', () => {
  const many = Array.from({ length: 60 }, (_, at) => (at === 30 || (at > 20 && at < 40) ? null : at));
  many[30] = 30;
  const { marks, series } = layoutOf([line(0, many)]);
  expect(marks).toHaveLength(42);
  expect(series[0]?.dots).toHaveLength(1);
});

test('intervals of several series at one place stand beside each other', () => {
  const bars = (at: number) =>
    line(at, [], { interval: 'bars', points: [point(1, 5, { low: 4, high: 6 }), point(2, 6, { low: 5, high: 7 })] });
  const { series, marks, frame } = layoutOf([bars(0), bars(1)]);
  const [one, other] = series.map(({ whiskers }) => whiskers[0]?.x ?? 0);
  expect((other ?? 0) - (one ?? 0)).toBeGreaterThan(4);
  expect(marks[0]?.x).toBe(one);
  for (const { whiskers } of series)
    for (const { x: at } of whiskers) {
      expect(at).toBeGreaterThan(frame.left);
      expect(at).toBeLessThan(frame.right);
    }
});

describe('a log axis', () => {
  const log: Axis = { ...x, label: 'Length', unit: 'tokens', scale: 'log' };
  test('with a zero begins at 1 and says so', () => {
    const {
      x: axis,
      marks,
      frame,
    } = layoutOf([line(0, [], { points: [point(0, 1), point(10, 2), point(100, 3)] })], wide, { x: log });
    expect(axis.ends).toEqual([1, 100]);
    expect(axis.label).toBe('Length (tokens, log; 0 stands at 1)');
    expect(marks.map((mark) => mark.x)).toEqual([frame.left, (frame.left + frame.right) / 2, frame.right]);
  });
  test('without one begins where the data do', () => {
    const { x: axis } = layoutOf([line(0, [], { points: [point(20, 1), point(900, 3)] })], wide, { x: log });
    expect(axis.ends).toEqual([20, 900]);
    expect(axis.label).toBe('Length (tokens, log)');
  });
});

test('ticks of whole numbers are whole, and no two read alike', () => {
  const steps = layoutOf([line(0, [1, 2, 3, 4])]);
  expect(steps.x.ticks).toEqual([0, 1, 2, 3]);
  const percent: Axis = { ...y, format: (value) => `${Math.round(100 * value)} %` };
  const small = layoutOf([line(0, [0, 0.004, 0.019])], wide, { y: percent });
  expect(small.y.ticks.map(percent.format)).toEqual(['0 %', '1 %', '2 %']);
});

test('what lies outside a given domain is neither drawn nor reached', () => {
  const { marks } = layoutOf([line(0, [1, 2, 3, 4, 5])], wide, { x: { ...x, domain: [1, 3] } });
  expect(marks.map(({ words }) => words.title)).toEqual(['at 1', 'at 2', 'at 3']);
});

test.each([
  ['nothing at all', []],
  ['a series without points', [line(0, [])]],
  ['only holes', [line(0, [null, null])]],
  ['a single point', [line(0, [7])]],
])('%s is an empty picture with axes', (_name, series) => {
  for (const size of [wide, narrow, { width: 0, height: 0 }]) {
    const { frame, x: lying, y: upright, marks } = layoutOf(series, size);
    const places = [
      frame.left,
      frame.right,
      ...lying.ends,
      ...upright.ends,
      ...marks.flatMap((mark) => [mark.x, mark.y]),
    ];
    for (const value of places) expect(Number.isFinite(value)).toBe(true);
    expect(lying.ends[1]).toBeGreaterThan(lying.ends[0]);
    expect(upright.ends[1]).toBeGreaterThan(upright.ends[0]);
  }
});

test.each([
  ['what fits stays', 'GRPO 1', 36, 'GRPO 1'],
  ['the beginning and the end are kept', 'qwen-video-mix-03 GRPO 2', 90, 'qwen-vid…GRPO 2'],
  ['no half of a pair is left', '😀😀😀😀😀😀', 40, '😀…😀'],
  ['no room at all', 'GRPO', 2, '…'],
  ['a name without end', 'ab'.repeat(50_000), 60, 'ababa…abab'],
])('shortening: %s', (_name, text, room, expected) => {
  expect(fitText(text, room, widthOf)).toBe(expected);
});
