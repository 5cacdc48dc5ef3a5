import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asReal, asStored } from './stored';

test.each([
  ['nothing', 0, 0],
  ['one', 1, 1],
  ['a half', 0.5, 0.5],
  ['a threshold', 0.3, 0.3],
  ['seven tenths', 0.7, 0.7],
  ['a third', 1 / 3, 0.33333334],
  ['two thirds', 2 / 3, 0.6666667],
  ['a sum that is not 0.3', 0.1 + 0.2, 0.3],
])('%s', (_name, value, back) => {
  expect(asReal(value)).toBe(back);
});

test('the same float, and itself again', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
      const back = asReal(value);
      expect(Math.fround(back)).toBe(Math.fround(value));
      expect(asReal(back)).toBe(back);
    }),
  );
});

test('an answer without a truth has no accuracy to round', () => {
  expect(asStored({ accuracy: null, repetition: 0.1 })).toEqual({ accuracy: null, repetition: 0.1 });
});

test('accuracy and repetition are rounded, and nothing else', () => {
  const measures = { accuracy: 1 / 3, repetition: 2 / 3, answer: 'B' };
  expect(asStored(measures)).toEqual({ accuracy: 0.33333334, repetition: 0.6666667, answer: 'B' });
});
