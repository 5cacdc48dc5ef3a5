import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexAtTime, realTimes, seekTimeAtRate, seekTimeOf } from './time';

const uneven = [0, 0.005, 1.575, 1.6];

test.each([
  ['at the first', 0, 0],
  ['at its start', 1.575, 2],
  ['between two', 0.9, 1],
  ['just before', 1.5749, 1],
  ['before the first', -1, 0],
  ['after the last', 99, 3],
] as const)('the frame %s', (_name, seconds, expected) => {
  expect(indexAtTime(uneven, seconds)).toBe(expected);
});

test.each([
  ['in the middle of its time', 1, 0.79],
  ['the last as long as the one before', 3, 1.6125],
  ['beyond the clip', 4, undefined],
] as const)('seek: %s', (_name, index, expected) => {
  const seconds = seekTimeOf(uneven, index);
  if (expected === undefined) expect(seconds).toBeUndefined();
  else expect(seconds).toBeCloseTo(expected, 9);
});

test('real times and the empty clip', () => {
  expect(realTimes([0, 2, 9], uneven)).toEqual([0, 1.575, null]);
  expect(indexAtTime([], 1)).toBeUndefined();
  expect(seekTimeOf([0.5], 0)).toBe(0.5);
  expect(seekTimeAtRate(12, 25)).toBe(0.5);
});

test('seeking to a frame shows that frame', () => {
  const gaps = fc.array(fc.double({ min: 0.001, max: 2, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(gaps, (each) => {
      let now = 0;
      const timestamps = each.map((gap) => {
        now += gap;
        return now;
      });
      for (const index of timestamps.keys())
        expect(indexAtTime(timestamps, seekTimeOf(timestamps, index) ?? -1)).toBe(index);
    }),
  );
});
