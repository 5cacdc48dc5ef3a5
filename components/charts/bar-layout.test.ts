import { describe, expect, test } from 'vitest';
import { barLayout } from './bar-layout';
import { barPlotHeight } from './bar-plot';
import { lookOf } from './look';
import type { Axis, Bar, BarPlotProps } from './plot-types';

const widthOf = (text: string) => 6 * text.length;
const x: Axis = { label: 'Rate', unit: null, format: (share) => `${Math.round(100 * share)} %`, scale: 'linear' };
const bar = (key: string, value: number | null, more: Partial<Bar> = {}): Bar => ({
  key,
  value,
  label: `${key} label`,
  look: lookOf(0),
  title: key,
  lines: [],
  href: null,
  ...more,
});
const groups: BarPlotProps['groups'] = [
  { key: 'g1', name: 'GRPO 1', bars: [bar('a', 0.1, { low: 0.08, high: 0.13 }), bar('b', 0.2)] },
  { key: 'g2', name: '', bars: [bar('c', null)] },
];
const layoutOf = (all: BarPlotProps['groups'], width = 600) =>
  barLayout({ x, groups: all }, { width, height: barPlotHeight(all) }, widthOf);

test('every bar and every name of a group has its row, none for a group without a name', () => {
  const { rows } = layoutOf(groups);
  expect(rows.map(({ head, bar: one }) => head?.text ?? one?.key)).toEqual(['GRPO 1', 'a', 'b', 'c']);
  const heights = rows.map(({ y }) => y);
  for (const [at, y] of heights.slice(1).entries()) expect(y - (heights[at] ?? 0)).toBeCloseTo(21, 6);
});

test('bars begin at zero, and texts stand behind the interval, within the picture', () => {
  const { x: axis, rows, frame } = layoutOf(groups);
  expect(axis.ends[0]).toBe(0);
  const [, a, b] = rows;
  const pixel = (share: number) =>
    frame.left + ((share - axis.ends[0]) / (axis.ends[1] - axis.ends[0])) * (frame.right - frame.left);
  expect(a?.label?.x).toBeCloseTo(pixel(0.13) + 7, 6);
  expect(b?.label?.x).toBeCloseTo(pixel(0.2) + 7, 6);
  for (const { label } of rows) if (label) expect(label.x + widthOf(label.text)).toBeLessThanOrEqual(600);
});

test('an undecided bar has its text at the axis and is reached', () => {
  const { rows, marks, frame } = layoutOf(groups);
  expect(rows[3]).toMatchObject({ value: null, reach: null });
  expect(rows[3]?.label?.x).toBe(frame.left + 7);
  expect(marks).toHaveLength(3);
});

test('an interval is told from none', () => {
  const { rows } = layoutOf(groups);
  const [low, high] = rows[1]?.reach ?? [];
  expect(low).toBeCloseTo(0.02, 12);
  expect(high).toBeCloseTo(0.03, 12);
  expect(rows[2]?.reach).toBeNull();
});

describe('differences', () => {
  const both = [{ key: 'g', name: '', bars: [bar('down', -0.1, { low: -0.2, high: -0.02 }), bar('up', 0.1)] }];
  test('go to both sides of zero, and the text of one below it stands beside zero', () => {
    const { x: axis, rows, frame } = layoutOf(both);
    expect(axis.ends[0]).toBeLessThanOrEqual(-0.2);
    const zero = frame.left + (-axis.ends[0] / (axis.ends[1] - axis.ends[0])) * (frame.right - frame.left);
    expect(rows[0]?.label?.x).toBeCloseTo(zero + 7, 6);
  });
});

test('shapes stand before the bars only where they differ', () => {
  expect(layoutOf(groups).glyphX).toBeNull();
  const mixed = [{ key: 'g', name: '', bars: [bar('a', 1), bar('b', 1, { look: lookOf(1) })] }];
  expect(layoutOf(mixed).glyphX).toBeGreaterThan(0);
});

test('on a phone texts are shortened and bars keep room', () => {
  const long = [
    {
      key: 'g',
      name: 'A group with a name that is much too long for a phone',
      bars: [bar('a', 0.4, { label: 'Qwen2.5-VL 7B with a long name 37.5 % of 1,200' })],
    },
  ];
  const { rows, frame } = layoutOf(long, 320);
  expect(rows[0]?.head?.text).toContain('…');
  expect(rows[1]?.label?.text).toContain('…');
  expect(frame.right - frame.left).toBeGreaterThan(120);
});

test('no bars at all', () => {
  const { rows, marks, x: axis } = layoutOf([]);
  expect([rows, marks]).toEqual([[], []]);
  expect(axis.ends).toEqual([0, 1]);
});
