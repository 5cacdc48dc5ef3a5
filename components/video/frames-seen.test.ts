import { expect, test } from 'vitest';
import { videoR1Profile } from '@/lib/domain/frames/profile';
import type { Probe } from '@/lib/domain/media';
import { framesSeen, samplerText } from './frames-seen';

const probe: Probe = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  codec: 'h264',
  codecString: null,
  pixelFormat: 'yuv420p',
  width: 56,
  height: 56,
  displayWidth: 56,
  displayHeight: 56,
  rotation: 0,
  durationSeconds: 4,
  startSeconds: 0,
  frameCount: 8,
  frameCountExact: true,
  fps: 2,
  statedFps: 2,
  variableFrameRate: false,
  videoStreams: 1,
  audioStreams: 0,
  browser: 'yes',
  notes: [],
};
const logged = { indices: [0, 3, 5], times: [0, 1.5, 2.5], size: { height: 28, width: 56 } };

test('what the trainer logged is told as it is, whatever the sampler of the run would have picked', () => {
  const seen = framesSeen(probe, { frames: logged, sampler: videoR1Profile });
  expect(seen).toMatchObject({ origin: 'logged', logged, problem: undefined });
  expect(seen.sample?.indices).toEqual([0, 3, 5]);
  expect(samplerText(seen.profile)).toBe('as the trainer logged them');
});

test('a frame that the clip does not have is a problem, and no other frame in its place', () => {
  const seen = framesSeen(probe, { frames: { ...logged, indices: [0, 99], times: null }, sampler: null });
  expect(seen.sample).toBeUndefined();
  expect(seen.problem).toEqual(expect.any(String));
});

test.each([
  ['computed', videoR1Profile],
  ['assumed', null],
] as const)('without a log the frames are %s', (origin, sampler) => {
  expect(framesSeen(probe, { frames: null, sampler })).toMatchObject({ origin, logged: null });
});
