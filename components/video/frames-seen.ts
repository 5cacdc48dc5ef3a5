/** Which frames the model saw, and how we know. */
import { qwenVlUtilsProfile, type SamplerProfile } from '@/lib/domain/frames/profile';
import { type FrameSample, sampleFrames } from '@/lib/domain/frames/sampler';
import type { Probe } from '@/lib/domain/media';

/** `stored`: the trainer wrote them down. `computed`: by the run's sampler. `assumed`: nobody said, so the usual one. */
export type FramesOrigin = 'stored' | 'computed' | 'assumed';
export type FramesSeen = {
  readonly origin: FramesOrigin;
  readonly profile: SamplerProfile;
  readonly sample: FrameSample | undefined;
  /** Why there is no sample. */
  readonly problem: string | undefined;
};

type Known = { readonly frameIndices: readonly number[] | null; readonly sampler: SamplerProfile | null };

/** Samplers believe the rate that the file's header states, not the one it really has. */
export const framesSeen = (probe: Probe, { frameIndices, sampler }: Known): FramesSeen => {
  const origin: FramesOrigin = frameIndices ? 'stored' : sampler ? 'computed' : 'assumed';
  const base = sampler ?? qwenVlUtilsProfile;
  const { factor, minPixels, maxPixels } = base;
  const profile: SamplerProfile = frameIndices
    ? { kind: 'stored', indices: [...frameIndices], factor, minPixels, maxPixels }
    : base;
  const outcome = sampleFrames({ frameCount: probe.frameCount, fps: probe.statedFps ?? probe.fps }, profile);
  return {
    origin,
    profile,
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
      return 'written down by the trainer';
  }
};
