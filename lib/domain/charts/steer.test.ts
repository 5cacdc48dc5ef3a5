import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestMark, type Place, type Step, steer } from './steer';

/** Three lines of three points; the third begins later, and the first two cross. */
const marks: readonly Place[] = [
  { line: 0, x: 0, y: 90 },
  { line: 0, x: 10, y: 50 },
  { line: 0, x: 20, y: 10 },
  { line: 1, x: 0, y: 10 },
  { line: 1, x: 10, y: 50 },
  { line: 1, x: 20, y: 90 },
  { line: 2, x: 12, y: 70 },
  { line: 2, x: 22, y: 70 },
  { line: 2, x: 32, y: 70 },
];

test.each([
  ['on along its line', 0, 'right', 1],
  ['back along its line', 1, 'left', 0],
  ['no further at the end', 2, 'right', 2],
  ['no further at the beginning', 0, 'left', 0],
  ['to the first', 2, 'first', 0],
  ['to the last', 3, 'last', 5],
  ['up to the line above', 0, 'up', 6],
  ['and from there to the one above it', 6, 'up', 4],
  ['nothing above the highest', 2, 'up', 2],
  ['one on the same spot is reached', 1, 'down', 4],
  ['and left again', 4, 'up', 1],
  ['down to the line below', 3, 'down', 6],
] as const)('%s', (_name, at, step, expected) => {
  expect(steer(marks, at, step, 'across')).toBe(expected);
});

test('lying bars go up and down, their parts to the sides', () => {
  const bars: readonly Place[] = [
    { line: 0, x: 10, y: 0 },
    { line: 0, x: 15, y: 20 },
    { line: 1, x: 60, y: 0 },
    { line: 1, x: 70, y: 20 },
  ];
  expect(steer(bars, 0, 'down', 'down')).toBe(1);
  expect(steer(bars, 1, 'right', 'down')).toBe(3);
  expect(steer(bars, 3, 'up', 'down')).toBe(2);
  expect(steer(bars, 2, 'left', 'down')).toBe(0);
});

test('no mark, and a mark that is gone', () => {
  expect(steer([], 0, 'right', 'across')).toBe(-1);
  expect(steer(marks, 99, 'right', 'across')).toBe(0);
});

test('every line is reached from every mark by up and down alone where all share their places', () => {
  const lines = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(lines, (heights) => {
      const column = heights.map((y, line): Place => ({ line, x: 5, y }));
      const walk = (step: Step, from: number, seen: readonly number[]): readonly number[] => {
        const next = steer(column, from, step, 'across');
        return next === from ? seen : walk(step, next, [...seen, next]);
      };
      const top = walk('up', 0, [0]).at(-1) ?? 0;
      expect(new Set(walk('down', top, [top])).size).toBe(heights.length);
    }),
  );
});

test.each([
  ['the nearest point', 11, 52, 30, 1],
  ['none within reach', 300, 300, 30, -1],
] as const)('pointer: %s', (_name, x, y, reach, expected) => {
  expect(nearestMark(marks, x, y, reach)).toBe(expected);
});

test('a mark with a box is met anywhere in it', () => {
  const bars: readonly Place[] = [
    { line: 0, x: 50, y: 5, box: { x: 0, y: 0, width: 100, height: 10 } },
    { line: 0, x: 50, y: 15, box: { x: 0, y: 10, width: 100, height: 10 } },
  ];
  expect(nearestMark(bars, 99, 14, 0)).toBe(1);
  expect(nearestMark(bars, 120, 14, 10)).toBe(-1);
});
