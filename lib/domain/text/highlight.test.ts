import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentsOf } from './highlight';

const told = (text: string, spans: readonly (readonly [number, number, string])[]): string =>
  segmentsOf(
    text,
    spans.map(([start, end, mark]) => ({ start, end, mark })),
  )
    .map((segment) => `${segment.text}{${segment.marks.join('')}}`)
    .join(' ');

describe('segmentsOf', () => {
  test.each([
    ['no span', 'abc', [], 'abc{}'],
    ['one', 'abcd', [[1, 3, 'x']], 'a{} bc{x} d{}'],
    [
      'overlap',
      'abcd',
      [
        [0, 3, 'x'],
        [1, 4, 'y'],
      ],
      'a{x} bc{xy} d{y}',
    ],
    [
      'nested, the order of the spans',
      'abcd',
      [
        [1, 2, 'x'],
        [0, 4, 'y'],
      ],
      'a{y} b{xy} cd{y}',
    ],
    [
      'the same span twice',
      'ab',
      [
        [0, 2, 'x'],
        [0, 2, 'y'],
      ],
      'ab{xy}',
    ],
    [
      'touching',
      'ab',
      [
        [0, 1, 'x'],
        [1, 2, 'y'],
      ],
      'a{x} b{y}',
    ],
    [
      'beyond the text',
      'ab',
      [
        [-5, 1, 'x'],
        [1, 99, 'y'],
        [50, 60, 'z'],
      ],
      'a{x} b{y}',
    ],
    [
      'empty and backward',
      'ab',
      [
        [1, 1, 'x'],
        [2, 0, 'y'],
      ],
      'ab{}',
    ],
    ['no text', '', [[0, 1, 'x']], ''],
  ] as const)('%s', (_name, text, spans, expected) => {
    expect(told(text, spans)).toBe(expected);
  });

  test('segments make up the text, and each has exactly the marks that cover it', () => {
    const span = fc.tuple(fc.integer({ min: -3, max: 24 }), fc.integer({ min: -3, max: 24 }));
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(span, { maxLength: 12 }), (text, ends) => {
        const spans = ends.map(([start, end], mark) => ({ start, end, mark }));
        const segments = segmentsOf(text, spans);
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        for (const segment of segments) {
          expect(segment.start).toBeLessThan(segment.end);
          const covering = spans.filter(({ start, end }) => start <= segment.start && end >= segment.end);
          expect(segment.marks).toEqual(covering.map(({ mark }) => mark));
        }
      }),
    );
  });
});
