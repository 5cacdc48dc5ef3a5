import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { qwenVlUtilsProfile, samplerProfileSchema, transformersProfile, videoR1Profile } from './profile';
import { frameCap, seenSize, videoTokens } from './resize';

describe('sizes', () => {
  test.each([
    ['Video-R1, 1080p', videoR1Profile, [1080, 1920], [224, 420]],
    ['Video-R1, 720p', videoR1Profile, [720, 1280], [224, 420]],
    ['Video-R1, 480p', videoR1Profile, [480, 640], [280, 364]],
    ['Video-R1, 240p: raised over the cap', videoR1Profile, [240, 320], [280, 392]],
    ['upstream, 1080p', qwenVlUtilsProfile, [1080, 1920], [560, 1008]],
    ['upstream, 480p', qwenVlUtilsProfile, [480, 640], [476, 644]],
  ] as const)('%s', (_name, profile, [height, width], [seenHeight, seenWidth]) => {
    expect(seenSize({ height, width }, profile, 16)).toEqual({
      ok: true,
      data: { height: seenHeight, width: seenWidth },
    });
  });

  test.each([
    ['a line', 10, 2001, /longer than 200 times/],
    ['nothing', 0, 100, /no size/],
    ['not a number', Number.NaN, 100, /no size/],
  ] as const)('refuses %s', (_name, height, width, message) => {
    expect(seenSize({ height, width }, qwenVlUtilsProfile, 16)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(message) },
    });
  });
});

describe('cap', () => {
  test.each([
    ['Video-R1', videoR1Profile, 16, 105_369],
    ['upstream, short', qwenVlUtilsProfile, 16, 602_112],
    ['upstream, 768 frames share the budget', qwenVlUtilsProfile, 768, 235_200],
    ['the video lowers it', samplerProfileSchema.parse({ kind: 'qwen-vl-utils', videoMaxPixels: 50_000 }), 16, 50_000],
    ['transformers shares nothing', transformersProfile, 768, 602_112],
  ] as const)('%s', (_name, profile, frames, expected) => {
    expect(frameCap(profile, frames)).toBeCloseTo(expected, 6);
  });
});

test.each([
  ['16 frames', 16, { visual: 960, total: 962, grid: [8, 16, 30] }],
  ['an odd count is filled', 15, { visual: 960, total: 962, grid: [8, 16, 30] }],
] as const)('tokens of %s at 224×420', (_name, frames, expected) => {
  expect(videoTokens(frames, { height: 224, width: 420 }, 28)).toEqual(expected);
});

test('sides are multiples of the factor, and large frames keep the cap', () => {
  const side = fc.integer({ min: 1, max: 8000 });
  fc.assert(
    fc.property(side, side, (height, width) => {
      const outcome = seenSize({ height, width }, qwenVlUtilsProfile, 16);
      if (!outcome.ok) {
        expect(Math.max(height, width) / Math.min(height, width)).toBeGreaterThan(200);
        return;
      }
      expect(outcome.data.height % 28).toBe(0);
      expect(outcome.data.width % 28).toBe(0);
      // A frame of extreme ratio has one side of a single factor, which can not get smaller.
      if (height * width > 602_112 && Math.min(outcome.data.height, outcome.data.width) > 28)
        expect(outcome.data.height * outcome.data.width).toBeLessThanOrEqual(602_112);
    }),
  );
});
