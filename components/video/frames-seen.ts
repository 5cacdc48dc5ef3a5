/** Which frames the model saw, and how we know. */
import { qwenVlUtilsProfile, type SamplerProfile } from '@/lib/domain/frames/profile';
import { type FrameSample, sampleFrames } from '@/lib/domain/frames/sampler';
import type { Probe } from '@/lib/domain/media';
import type { LoggedFrames } from '@/lib/domain/rollouts/detail';

/** `logged`: by the trainer, frame by frame. `computed`: by the run's sampler. `assumed`: nobody said, so the usual one. */
export type FramesOrigin = 'logged' | 'computed' | 'assumed';
export type FramesSeen = {
  readonly origin: FramesOrigin;
  readonly profile: SamplerProfile;
  readonly sample: FrameSample | undefined;
  /** What the trainer logged; its times and its size are told as they are, never worked out again. */
  readonly logged: LoggedFrames | null;
  /** Why there is no sample. */
  readonly problem: string | undefined;
};

type Known = { readonly frames: LoggedFrames | null; readonly sampler: SamplerProfile | null };

/** Samplers believe the rate that the file's header states, not the one it really has. */
export const framesSeen = (probe: Probe, { frames, sampler }: Known): FramesSeen => {
  const origin: FramesOrigin = frames ? 'logged' : sampler ? 'computed' : 'assumed';
  const base = sampler ?? qwenVlUtilsProfile;
  const { factor, minPixels, maxPixels } = base;
  const profile: SamplerProfile = frames
    ? { kind: 'stored', indices: [...frames.indices], factor, minPixels, maxPixels }
    : base;
  const outcome = sampleFrames({ frameCount: probe.frameCount, fps: probe.statedFps ?? probe.fps }, profile);
  return {
    origin,
    profile,
    logged: frames,
    sample: outcome.ok ? outcome.data : undefined,
    problem: outcome.ok ? undefined : outcome.error.message,
  };
};

/** A sampler in a few words. */
export const samplerText = (profile: SamplerProfile): string => {
  switch (profile.kind) {
    case 'qwen-vl-utils':
    case 'hf-arange': {
      const name = profile.kind === 'hf-arange' ? 'transformers' : 'qwen-vl-utils';
      if (profile.nframes !== null) return `${name}, ${profile.nframes} frames`;
      return `${name}, ${profile.fps} per second, ${profile.minFrames}–${profile.maxFrames} frames`;
    }
    case 'np-linspace':
      return `vLLM, ${profile.nframes} frames evenly`;
    case 'stored':
      return 'as the trainer logged them';
  }
};
