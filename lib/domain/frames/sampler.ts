/** Which frames a sampler takes from a clip, and when they are. */
import { numpyLinspace, roundHalfEven, torchArange, torchLinspace } from './float';
import type { SamplerProfile } from './profile';

/** `frameCount` frames at `fps` frames per second, as the container states them, since the samplers believe it. */
export type Clip = { readonly frameCount: number; readonly fps: number };

export type FrameSample = {
  /** Frames in the order the model saw them, 0 is the first of the clip. */
  readonly indices: readonly number[];
  /** Seconds from the start, as `index / fps`. Where the rate varies, `realTimes` of `time.ts` is the truth. */
  readonly times: readonly number[];
  /** Frames per second that the model is told. */
  readonly sampleFps: number;
  /** Seconds covered by one temporal token grid, which holds two frames. */
  readonly secondPerGrid: number;
};

/** Assignable to `Result<FrameSample>` of `lib/errors`; the message is for the person. */
export type SampleOutcome =
  | { ok: true; data: FrameSample }
  | { ok: false; error: { code: 'invalid' | 'unsupported'; message: string } };

/** Frames of one temporal patch of Qwen2-VL and its successors. */
export const FRAMES_PER_GRID = 2;

/**
 * The frames that `profile` takes from `clip`. Refused where the sampler itself would have failed: a clip without
 * frames or rate, with fewer frames than the sampler needs, or stored indices beyond its end.
 * Source: qwen-vl-utils `smart_nframes`, transformers `Qwen2VLVideoProcessor.sample_frames`, vLLM's OpenCV loader.
 */
export const sampleFrames = (clip: Clip, profile: SamplerProfile): SampleOutcome => {
  const { frameCount, fps } = clip;
  if (!Number.isSafeInteger(frameCount) || frameCount < 1) return refuse('invalid', 'The clip has no frames');
  if (!(Number.isFinite(fps) && fps > 0)) return refuse('invalid', 'The frame rate of the clip is not known');

  const indices = indicesOf(clip, profile);
  if (typeof indices === 'string') return refuse('unsupported', indices);
  const sampleFps = (indices.length / frameCount) * fps;
  return {
    ok: true,
    data: {
      indices,
      times: indices.map((index) => index / fps),
      sampleFps,
      secondPerGrid: FRAMES_PER_GRID / sampleFps,
    },
  };
};

const refuse = (code: 'invalid' | 'unsupported', message: string): SampleOutcome => ({
  ok: false,
  error: { code, message },
});

/** The indices, or the sentence that says why there are none. */
const indicesOf = (clip: Clip, profile: SamplerProfile): number[] | string => {
  const { frameCount } = clip;
  switch (profile.kind) {
    case 'stored': {
      const beyond = profile.indices.find((index) => index >= frameCount);
      if (beyond === undefined) return [...profile.indices];
      return `The model was given frame ${beyond}, but this clip has ${frameCount} frames: it is not the same clip`;
    }
    case 'np-linspace':
      return numpyLinspace(frameCount - 1, Math.min(profile.nframes, frameCount));
    case 'qwen-vl-utils': {
      const count = countByRate(clip, profile);
      return typeof count === 'string' ? count : torchLinspace(frameCount - 1, count);
    }
    case 'hf-arange': {
      const count = countByRate(clip, profile);
      // The step is rounded, so that now and then one index more comes out, which lies past the end and is never read.
      return typeof count === 'string'
        ? count
        : torchArange(frameCount, frameCount / count).filter((index) => index < frameCount);
    }
  }
};

const evenBelow = (value: number): number => Math.floor(value / 2) * 2;

type Rated = Extract<SamplerProfile, { kind: 'qwen-vl-utils' | 'hf-arange' }>;

/** How many frames are taken: even, between 2 and the length of the clip. The two libraries agree but for an odd `minFrames`. */
const countByRate = ({ frameCount, fps }: Clip, profile: Rated): number | string => {
  const count = profile.nframes === null ? byRate(frameCount, fps, profile) : roundHalfEven(profile.nframes / 2) * 2;
  if (count < 2) return `This sampler takes at least 2 frames, but the clip has ${frameCount}`;
  if (count > frameCount) return `This sampler takes ${count} frames, but the clip has ${frameCount}`;
  return count;
};

const byRate = (frameCount: number, fps: number, profile: Rated): number => {
  const least = profile.kind === 'qwen-vl-utils' ? Math.ceil(profile.minFrames / 2) * 2 : profile.minFrames;
  const most = evenBelow(Math.min(profile.maxFrames, frameCount));
  const wanted = (frameCount / fps) * profile.fps;
  return evenBelow(Math.min(Math.max(wanted, least), most, frameCount));
};
