/**
 * Sampler profiles: by which rule a run picked the frames that its model saw, and how it resized them.
 * Stored with every rollout run; without it nobody can say what the model looked at.
 */
import { z } from 'zod';

/** Pixels of one 28×28 token, in which the libraries count their limits. */
export const TOKEN_PIXELS = 28 * 28;

const sizeShape = {
  /** Sides become multiples of this: 14-pixel patches merged 2×2 (28); 32 for Qwen3-VL. */
  factor: z.int().min(2).max(256).default(28),
  /** Fewest pixels of a frame. The published resize does not look at the cap again after raising a frame to it. */
  minPixels: z
    .int()
    .positive()
    .default(128 * TOKEN_PIXELS),
  /** Most pixels of a frame. */
  maxPixels: z
    .int()
    .positive()
    .default(768 * TOKEN_PIXELS),
} as const;

const rateShape = {
  /** Frames per second aimed at. */
  fps: z.number().positive().max(240).default(2),
  minFrames: z.int().min(2).default(4),
  maxFrames: z.int().min(2).default(768),
  /** A fixed number of frames, which overrides `fps` and its limits; rounded to an even one. */
  nframes: z.int().min(2).nullable().default(null),
} as const;

export const samplerProfileSchema = z.discriminatedUnion('kind', [
  /** A: qwen-vl-utils, used by Video-R1, ms-swift and verl. First and last frame are always in. */
  z.object({
    kind: z.literal('qwen-vl-utils'),
    ...rateShape,
    ...sizeShape,
    /** Pixels of all frames of a video together, which lower the cap of long ones. */
    totalPixels: z
      .number()
      .positive()
      .default(115_200 * TOKEN_PIXELS),
    /** `max_pixels` of the single video, which can only lower the cap. */
    videoMaxPixels: z.int().positive().nullable().default(null),
  }),
  /** B: the video processor of transformers, and newer vLLM loaders. */
  z.object({ kind: z.literal('hf-arange'), ...rateShape, ...sizeShape }),
  /** C: older and default vLLM. All frames where the clip has fewer than `nframes`. */
  z.object({ kind: z.literal('np-linspace'), nframes: z.int().min(1).default(32), ...sizeShape }),
  /** D: the indices that the trainer wrote down, in the order the model saw them. */
  z.object({ kind: z.literal('stored'), indices: z.array(z.int().nonnegative()).min(1), ...sizeShape }),
]);
export type SamplerProfile = z.infer<typeof samplerProfileSchema>;

/** Video-R1's fork of qwen-vl-utils: at most 16 frames of about 100,352 pixels. */
export const videoR1Profile: SamplerProfile = samplerProfileSchema.parse({
  kind: 'qwen-vl-utils',
  maxFrames: 16,
  maxPixels: 128 * TOKEN_PIXELS,
});
/** qwen-vl-utils as published for Qwen2.5-VL. */
export const qwenVlUtilsProfile: SamplerProfile = samplerProfileSchema.parse({ kind: 'qwen-vl-utils' });
/** transformers' own video processor with its defaults. */
export const transformersProfile: SamplerProfile = samplerProfileSchema.parse({ kind: 'hf-arange' });
/** vLLM's default video loader. */
export const vllmProfile: SamplerProfile = samplerProfileSchema.parse({ kind: 'np-linspace' });
