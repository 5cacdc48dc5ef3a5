/** The size in which the model saw a frame, and what it cost in tokens. */
import { roundHalfEven } from './float';
import type { SamplerProfile } from './profile';
import { FRAMES_PER_GRID } from './sampler';

export type Size = { readonly height: number; readonly width: number };
export type ResizeOutcome =
  | { ok: true; data: Size }
  | { ok: false; error: { code: 'invalid' | 'unsupported'; message: string } };

const MAX_ASPECT_RATIO = 200;

/** Most pixels of a frame when `frames` of them are sampled; only qwen-vl-utils shares a budget over the video. */
export const frameCap = (profile: SamplerProfile, frames: number): number => {
  if (profile.kind !== 'qwen-vl-utils') return profile.maxPixels;
  const shared = Math.min(profile.maxPixels, (profile.totalPixels / Math.max(1, frames)) * FRAMES_PER_GRID);
  const cap = Math.max(shared, Math.trunc(profile.minPixels * 1.05));
  return profile.videoMaxPixels === null ? cap : Math.min(cap, profile.videoMaxPixels);
};

/**
 * Height and width after `smart_resize`: multiples of `factor`, at most `maxPixels`, the ratio about kept. A small
 * frame is raised to `minPixels`, and may then pass `maxPixels`: the published function does not look again.
 * Source: qwen-vl-utils and transformers `smart_resize`, with Python's rounding of ties to even.
 */
const smartResize = (
  { height, width }: Size,
  { factor, minPixels, maxPixels }: { readonly factor: number; readonly minPixels: number; readonly maxPixels: number },
): ResizeOutcome => {
  if (!(height >= 1 && width >= 1 && Number.isFinite(height * width)))
    return { ok: false, error: { code: 'invalid', message: 'The frame has no size' } };
  if (Math.max(height, width) / Math.min(height, width) > MAX_ASPECT_RATIO)
    return {
      ok: false,
      error: {
        code: 'unsupported',
        message: `The model takes no frame longer than ${MAX_ASPECT_RATIO} times its width`,
      },
    };

  const rounded = {
    height: Math.max(factor, roundHalfEven(height / factor) * factor),
    width: Math.max(factor, roundHalfEven(width / factor) * factor),
  };
  const pixels = rounded.height * rounded.width;
  if (pixels > maxPixels) {
    const beta = Math.sqrt((height * width) / maxPixels);
    const shrink = (side: number): number => Math.max(factor, Math.floor(side / beta / factor) * factor);
    return { ok: true, data: { height: shrink(height), width: shrink(width) } };
  }
  if (pixels < minPixels) {
    const beta = Math.sqrt(minPixels / (height * width));
    const raise = (side: number): number => Math.ceil((side * beta) / factor) * factor;
    return { ok: true, data: { height: raise(height), width: raise(width) } };
  }
  return { ok: true, data: rounded };
};

/** The size that `profile` gives a frame of `size` when it samples `frames` of them. */
export const seenSize = (size: Size, profile: SamplerProfile, frames: number): ResizeOutcome =>
  smartResize(size, {
    factor: profile.factor,
    minPixels: profile.minPixels,
    maxPixels: frameCap(profile, frames),
  });

export type VideoTokens = {
  /** Tokens of the pictures. */
  readonly visual: number;
  /** With the two markers around the video. */
  readonly total: number;
  /** `video_grid_thw`: temporal grids, then patches down and across (half a `factor` each). */
  readonly grid: readonly [number, number, number];
};

/** Tokens of `frames` frames of `size`, a multiple of `factor`. An odd last frame is repeated to fill its grid. */
export const videoTokens = (frames: number, { height, width }: Size, factor: number): VideoTokens => {
  const grids = Math.ceil(frames / FRAMES_PER_GRID);
  const [down, across] = [Math.floor(height / factor), Math.floor(width / factor)];
  const visual = grids * down * across;
  return { visual, total: visual + 2, grid: [grids, down * 2, across * 2] };
};
