import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffSegment, diffTexts } from './word-diff';

const side = (segments: readonly DiffSegment[], kind: 'added' | 'removed'): string =>
  segments
    .filter((segment) => segment.kind === 'same' || segment.kind === kind)
    .map(({ text }) => text)
    .join('');

describe('diffTexts', () => {
  test('a changed word', () => {
    expect(diffTexts('the answer is B.', 'the answer is D.')).toEqual({
      level: 'word',
      segments: [
        { kind: 'same', text: 'the answer is ' },
        { kind: 'removed', text: 'B' },
        { kind: 'added', text: 'D' },
        { kind: 'same', text: '.' },
      ],
    });
  });

  test.each([
    ['both empty', '', ''],
    ['from nothing', '', 'a b'],
    ['to nothing', 'a b', ''],
    ['only space', 'a  b', 'a b'],
    ['lines', 'a\r\nb', 'a\nb'],
    ['markup is text', '<b>x</b>', '<i>x</i>'],
  ] as const)('both sides can be put together again: %s', (_name, before, after) => {
    const { segments } = diffTexts(before, after);
    expect([side(segments, 'removed'), side(segments, 'added')]).toEqual([before, after]);
  });

  test('for any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '. ', '\n', '  ', 'C', '。', '-')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { segments } = diffTexts(before, after);
        expect([side(segments, 'removed'), side(segments, 'added')]).toEqual([before, after]);
      }),
    );
  });
});

describe('bounds', () => {
  const words = (count: number, salt: string): string =>
    Array.from({ length: count }, (_, at) => `${salt}${at}${at % 12 === 11 ? '.' : ''}`).join(' ');

  test.each([
    ['unlike chains fall back to sentences', words(6_000, 'a'), words(6_000, 'b'), 'sentence'],
    ['alike long chains stay with words', words(20_000, 'a'), `${words(20_000, 'a')} end`, 'word'],
    ['huge unlike texts fall back to the whole', words(60_000, 'a. A'), words(60_000, 'b. B'), 'whole'],
  ] as const)('%s', (_name, before, after, level) => {
    const began = performance.now();
    const diff = diffTexts(before, after);
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(diff.level).toBe(level);
    expect(side(diff.segments, 'removed') === before && side(diff.segments, 'added') === after).toBe(true);
  });
});
