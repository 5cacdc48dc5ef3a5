import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numpyLinspace, roundHalfEven, torchArange, torchLinspace } from './float';
import {
  qwenVlUtilsProfile,
  type SamplerProfile,
  samplerProfileSchema,
  transformersProfile,
  videoR1Profile,
  vllmProfile,
} from './profile';
import { sampleFrames } from './sampler';

const profile = (part: object): SamplerProfile => samplerProfileSchema.parse(part);
const indicesOf = (clip: { frameCount: number; fps: number }, by: SamplerProfile): readonly number[] | string => {
  const outcome = sampleFrames(clip, by);
  return outcome.ok ? outcome.data.indices : outcome.error.message;
};

// ENGINES notes, run with torch and numpy: 100 frames at 25 per second, 8 samples.
test.each([
  ['A', { kind: 'qwen-vl-utils', nframes: 8 }, [0, 14, 28, 42, 57, 71, 85, 99]],
  ['B', { kind: 'hf-arange', nframes: 8 }, [0, 12, 25, 37, 50, 62, 75, 87]],
  ['C', { kind: 'np-linspace', nframes: 8 }, [0, 14, 28, 42, 56, 70, 84, 99]],
  ['D', { kind: 'stored', indices: [7, 3, 3, 99] }, [7, 3, 3, 99]],
] as const)('profile %s on the worked example', (_name, part, expected) => {
  expect(indicesOf({ frameCount: 100, fps: 25 }, profile(part))).toEqual(expected);
});

// Written down from torch 2.13.0 on a CPU.
test.each([
  ['linspace, where doubles and plain float32 are one off', torchLinspace(19_727, 548)[336], 12_117],
  ['arange, where plain float32 is one off', torchArange(59_255, 59_255 / 344)[257], 44_269],
  ['arange, where 16 lanes are one off', torchArange(57_362, 57_362 / 606)[539], 51_019],
] as const)('as torch: %s', (_name, actual, expected) => {
  expect(actual).toBe(expected);
});

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [2.4999, 2],
  [49.5, 50],
  [-0.5, 0],
] as const)('%d rounds to %d', (value, expected) => {
  expect(roundHalfEven(value)).toBeCloseTo(expected, 10);
});

describe('how many frames', () => {
  test.each([
    ['Video-R1 takes 16 of a minute', 1800, 30, videoR1Profile, 16],
    ['2 per second for 5 s', 150, 30, qwenVlUtilsProfile, 10],
    ['a short clip is raised to 4', 30, 30, qwenVlUtilsProfile, 4],
    ['but not beyond its length', 3, 30, qwenVlUtilsProfile, 2],
    ['an hour is cut to 768', 108_000, 30, qwenVlUtilsProfile, 768],
    ['an odd count is lowered', 75, 30, qwenVlUtilsProfile, 4],
    ['transformers: 2 per second for 5 s', 150, 30, transformersProfile, 10],
    ['vLLM takes 32', 1800, 30, vllmProfile, 32],
    ['vLLM takes all of a short clip', 20, 30, vllmProfile, 20],
    ['nframes 7 becomes 8', 100, 25, profile({ kind: 'qwen-vl-utils', nframes: 7 }), 8],
    ['nframes 5 becomes 4: half to even', 100, 25, profile({ kind: 'qwen-vl-utils', nframes: 5 }), 4],
  ] as const)('%s', (_name, frameCount, fps, by, expected) => {
    expect(indicesOf({ frameCount, fps }, by)).toHaveLength(expected);
  });
});

test('times, rate and seconds per grid', () => {
  const outcome = sampleFrames({ frameCount: 100, fps: 25 }, profile({ kind: 'qwen-vl-utils', nframes: 8 }));
  expect(outcome).toMatchObject({ ok: true, data: { sampleFps: 2, secondPerGrid: 1 } });
  expect(outcome.ok && outcome.data.times.at(-1)).toBe(99 / 25);
});

test.each([
  ['no frames', 0, 25, qwenVlUtilsProfile, /no frames/],
  ['no rate', 10, Number.NaN, qwenVlUtilsProfile, /frame rate/],
  ['one frame', 1, 25, qwenVlUtilsProfile, /at least 2 frames, but the clip has 1/],
  ['more than there are', 6, 25, profile({ kind: 'hf-arange', nframes: 8 }), /takes 8 frames, but the clip has 6/],
  [
    'stored beyond the end',
    100,
    25,
    profile({ kind: 'stored', indices: [0, 100] }),
    /frame 100, but this clip has 100/,
  ],
] as const)('refuses %s', (_name, frameCount, fps, by, message) => {
  expect(indicesOf({ frameCount, fps }, by)).toMatch(message);
});

describe('for every clip', () => {
  const clip = fc.record({
    frameCount: fc.integer({ min: 2, max: 100_000 }),
    fps: fc.double({ min: 0.5, max: 120, noNaN: true }),
  });
  const profiles = fc.constantFrom(videoR1Profile, qwenVlUtilsProfile, transformersProfile, vllmProfile);

  test('indices lie in the clip and never go back', () => {
    fc.assert(
      fc.property(clip, profiles, (each, by) => {
        const indices = indicesOf(each, by);
        if (typeof indices === 'string') throw new Error(indices);
        expect(indices[0]).toBe(0);
        for (const [at, index] of indices.entries()) {
          expect(index).toBeGreaterThanOrEqual(indices[at - 1] ?? 0);
          expect(index).toBeLessThan(each.frameCount);
        }
      }),
    );
  });

  test('A and C take the first and the last frame, and all of them when asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2000 }), (count) => {
        const all = Array.from({ length: count }, (_, at) => at);
        expect(torchLinspace(count - 1, count)).toEqual(all);
        expect(numpyLinspace(count - 1, count)).toEqual(all);
        expect(torchArange(count, 1)).toEqual(all);
      }),
    );
  });
});
