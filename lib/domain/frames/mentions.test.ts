import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMentions, isOutsideClip, type Mention } from './mentions';

/** `quoted text = value` or `quoted text = value..to`, frames with a `#`. */
const told = (text: string): string[] =>
  findMentions(text).map((mention) => {
    const value = mention.kind === 'time' ? mention.seconds : mention.index;
    const range = mention.to === undefined ? `${value}` : `${value}..${mention.to}`;
    return `${text.slice(mention.start, mention.end)} = ${mention.kind === 'frame' ? '#' : ''}${range}`;
  });

describe('findMentions', () => {
  test.each([
    ['clock', 'It happens at 04:19, then ends.', ['04:19 = 259']],
    ['clock with hours', 'See [1:02:03].', ['1:02:03 = 3723']],
    ['clock with a fraction', 'at 0:35.5 the dog', ['0:35.5 = 35.5']],
    ['clock at the end of a sentence', 'It is at 0:35.', ['0:35 = 35']],
    ['clock range', 'From 0:35–0:40 he runs', ['0:35–0:40 = 35..40']],
    ['clock range in words', 'from 00:10 to 00:20', ['00:10 to 00:20 = 10..20']],
    ['two clocks', 'at 0:10 and 0:20', ['0:10 = 10', '0:20 = 20']],
    ['backwards is no range', '0:40 - 0:35', ['0:40 = 40', '0:35 = 35']],
    ['a time of day', 'at 4:30 p.m. and 5:00pm', []],
    ['a ratio', 'an aspect ratio of 16:09', []],
    ['a longer number with colons', '12:34:56:78 and 1:2', []],
    ['seconds', 'around 12.5 seconds in', ['12.5 seconds = 12.5']],
    ['seconds range', 'from 12 to 15 seconds', ['12 to 15 seconds = 12..15']],
    ['seconds with a dash', 'at 3.0-5.5s the car', ['3.0-5.5s = 3..5.5']],
    ['between', 'between 3 and 5 seconds', ['3 and 5 seconds = 3..5']],
    ['short', 'at 12s and 3 min', ['12s = 12', '3 min = 180']],
    ['ordinal', 'the 12th second', ['12th second = 12']],
    ['second number', 'At second 7 and timestamp 8.5', ['second 7 = 7', 'timestamp 8.5 = 8.5']],
    ['how long', 'for 5 seconds, lasts about 6 seconds, a 10-second clip, 3 seconds long', []],
    ['decades and plurals', 'the 1990s, the 80s, two 7s', []],
    ['ribosomes and sums', 'from 30S to 70S, so S_1 = 3S_2', []],
    ['speed', '9.8 m/s and 5 m', []],
    ['hours and minutes', 'at 1h02m', ['1h02m = 3720']],
    ['all three', 'at 1 hour 2 minutes and 3 seconds', ['1 hour 2 minutes and 3 seconds = 3723']],
    ['minutes and seconds', '2m30s, then 2 min 31 s', ['2m30s = 150', '2 min 31 s = 151']],
    ['Chinese', '在第12秒，1分20秒和第3分钟', ['第12秒 = 12', '1分20秒 = 80', '第3分钟 = 180']],
    ['Chinese range', '第5秒到第8秒', ['第5秒到第8秒 = 5..8']],
    ['frame', 'In frame 12, and Frame #3', ['frame 12 = #12', 'Frame #3 = #3']],
    ['frames', 'frames 3-5 and frames 7 to 9', ['frames 3-5 = #3..5', 'frames 7 to 9 = #7..9']],
    ['ordinal frame', 'the 4th frame', ['4th frame = #4']],
    ['Chinese frame', '第12帧到第3-5帧', ['第12帧 = #12', '第3-5帧 = #3..5']],
    ['frame rates and counts', '30 frames per second, 16 frames', []],
    ['figures', 'The answer is 12.5, a 7 and B', []],
    ['nothing', '', []],
  ] as const)('%s', (_name, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('mentions are in order, apart and inside the text', () => {
    const word = fc.constantFrom(
      'at ',
      '04:19',
      '12 seconds',
      ' to ',
      'frame 3',
      '-',
      '第12秒',
      '.',
      '7',
      ':',
      ' ',
      's',
      'm',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join('');
        let end = 0;
        for (const mention of findMentions(text)) {
          expect(mention.start).toBeGreaterThanOrEqual(end);
          expect(mention.end).toBeGreaterThan(mention.start);
          end = mention.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test.each([
    ['digits', '1'],
    ['digits and colons', '1:'],
    ['spaces', ' '],
    ['digits and spaces', '1 '],
    ['frames', 'frame '],
    ['times', '12 seconds to '],
  ] as const)('2 MB of %s are read in linear time', (_name, unit) => {
    const began = performance.now();
    findMentions(unit.repeat(Math.floor(2_000_000 / unit.length)));
    expect(performance.now() - began).toBeLessThan(6_000);
  });
});

describe('isOutsideClip', () => {
  const clip = { durationSeconds: 12.6, frameCount: 100 };
  const time = (seconds: number, to?: number): Mention => ({
    kind: 'time',
    start: 0,
    end: 1,
    seconds,
    ...(to === undefined ? {} : { to }),
  });
  const frame = (index: number): Mention => ({ kind: 'frame', start: 0, end: 1, index });
  test.each([
    ['inside', time(12), false],
    ['rounded up', time(13), false],
    ['beyond', time(14), true],
    ['a range that ends beyond', time(3, 20), true],
    ['the last frame, counted from 1', frame(100), false],
    ['a frame beyond', frame(101), true],
  ] as const)('%s', (_name, mention, expected) => {
    expect(isOutsideClip(mention, clip)).toBe(expected);
  });
});
