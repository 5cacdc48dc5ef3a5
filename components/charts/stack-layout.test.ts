import { expect, test } from 'vitest';
import { lookOf, meaningLook } from './look';
import type { Axis, MarkWords, StackPlotProps } from './plot-types';
import { stackLayout } from './stack-layout';
import { stackPlotHeight } from './stack-plot';

const widthOf = (text: string) => 6 * text.length;
const value: Axis = { label: 'Rollouts', unit: null, format: String, scale: 'linear' };
const words = (title: string): MarkWords => ({ title, lines: [], href: null });
const parts: StackPlotProps['parts'] = [
  { key: 'right', name: 'Correct', look: meaningLook('accuracy') },
  { key: 'wrong', name: 'Incorrect', look: lookOf(1), hatched: true },
];
const column = (name: string, right: number, wrong: number): StackPlotProps['columns'][number] => ({
  key: name,
  name,
  values: { right, wrong },
  words: { right: words(`${name} right`), wrong: words(`${name} wrong`) },
});
const layoutOf = (direction: StackPlotProps['direction'], columns: StackPlotProps['columns'], width = 600) =>
  stackLayout(
    { direction, value, category: { label: 'Length', unit: 'tokens' }, parts, columns },
    { width, height: stackPlotHeight(columns, direction) },
    widthOf,
  );

test('parts of a column lie on each other, up from zero', () => {
  const { marks, frame, value: axis } = layoutOf('columns', [column('a', 6, 4), column('b', 2, 0)]);
  expect(axis.ends).toEqual([0, 10]);
  const [right, wrong] = marks;
  expect((right?.box?.y ?? 0) + (right?.box?.height ?? 0)).toBeCloseTo(frame.bottom, 6);
  expect((wrong?.box?.y ?? 0) + (wrong?.box?.height ?? 0)).toBeCloseTo(right?.box?.y ?? 0, 6);
  expect(wrong?.box?.y).toBeCloseTo(frame.top, 6);
  // What is nothing is no mark.
  expect(marks.map((mark) => mark.words.title)).toEqual(['a right', 'a wrong', 'b right']);
});

test('parts of a row follow each other, and figures stand in what is long enough', () => {
  const { marks, figures, frame } = layoutOf('rows', [column('a', 500, 500), column('b', 998, 2), column('c', 2, 0)]);
  expect(marks[0]?.box?.x).toBeCloseTo(frame.left, 6);
  expect(marks[1]?.box?.x).toBeCloseTo((marks[0]?.box?.x ?? 0) + (marks[0]?.box?.width ?? 0), 6);
  expect(figures.map(({ text }) => text)).toEqual(['500', '998']);
});

test.each([
  ['all of few', 5, 5],
  ['as many as fit whole', 48, 24],
])('names of columns: %s', (_name, count, most) => {
  const columns = Array.from({ length: count }, (_, at) => column(String(at * 64), 1, 1));
  const { names, frame } = layoutOf('columns', columns);
  expect(names.length).toBeGreaterThan(2);
  expect(names.length).toBeLessThanOrEqual(most);
  for (const { at } of names) expect(at).toBeGreaterThan(frame.left);
  const gaps = names.slice(1).map(({ at }, before) => at - (names[before]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(Math.max(...names.map(({ text }) => widthOf(text))));
});

test('long names of rows leave the bars their room on a phone', () => {
  const { names, frame } = layoutOf('rows', [column('a name that is far too long for a phone', 1, 1)], 320);
  expect(names[0]?.text).toContain('…');
  expect(frame.right - frame.left).toBeGreaterThan(160);
});

test('a single part needs no key', () => {
  const only = parts.slice(0, 1);
  const layout = stackLayout(
    {
      direction: 'columns',
      value,
      category: { label: 'Length', unit: null },
      parts: only,
      columns: [column('a', 1, 0)],
    },
    { width: 400, height: 260 },
    widthOf,
  );
  expect(layout.keys.rows).toBe(0);
});

test('no columns at all', () => {
  const { marks, value: axis } = layoutOf('columns', []);
  expect(marks).toEqual([]);
  expect(axis.ends).toEqual([0, 1]);
});
