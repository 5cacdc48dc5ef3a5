import { describe, expect, test } from 'vitest';
import { isUneven } from './media';
import { type RawProbe, reportMedia } from './media-report';

test.each([
  ['even', [0, 0.04, 0.08, 0.12], false],
  ['rounded to milliseconds, as WebM does', [0, 0.033, 0.067, 0.1, 0.133], false],
  ['one long gap', [0, 0.04, 0.5, 0.54], true],
  ['two frames cannot be uneven', [0, 5], false],
  ['one frame', [0], false],
  ['none', [], false],
])('%s', (_name, seconds, uneven) => {
  expect(isUneven(seconds)).toBe(uneven);
});

const raw = (changes: object = {}): RawProbe => ({
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  codec: 'h264',
  codecString: 'avc1.64001f',
  pixelFormat: 'yuv420p',
  width: 640,
  height: 360,
  pixelAspect: 1,
  rotation: 0,
  statedSeconds: 0.16,
  statedFps: 25,
  videoStreams: 1,
  audioStreams: 0,
  packets: 4,
  times: [0, 0.04, 0.08, 0.12],
  exact: true,
  decoded: 4,
  damaged: 0,
  lastDuration: 0.04,
  ...changes,
});

describe('what is told about a video', () => {
  test.each([
    [
      'a plain one',
      {},
      { durationSeconds: 0.16, fps: 25, displayWidth: 640, displayHeight: 360, browser: 'yes', notes: [] },
    ],
    ['turned', { rotation: 270 }, { displayWidth: 360, displayHeight: 640 }],
    ['wide pixels, turned', { rotation: 90, pixelAspect: 2 }, { displayWidth: 360, displayHeight: 1280 }],
    ['tall pixels', { pixelAspect: 0.5 }, { displayWidth: 640, displayHeight: 720 }],
    ['begins before zero', { times: [-0.04, 0, 0.04] }, { startSeconds: 0, frameCount: 3 }],
    ['begins late', { times: [1, 1.04, 1.08] }, { startSeconds: 1, durationSeconds: expect.closeTo(0.12) }],
    ['a codec that browsers do not know', { codec: 'mpeg4' }, { browser: 'no' }],
  ])('%s', (_name, changes, facts) => {
    expect(reportMedia(raw(changes), 1e6)).toMatchObject({ state: 'playable', probe: facts });
  });

  test.each([
    'unreadable',
    'audio-only',
    'no-stream',
    'no-frames',
    'undecodable',
    'no-decoder',
    'too-large',
    'timeout',
    'crashed',
    'new',
  ])('the fault %s has a sentence', (fault) => {
    expect(reportMedia({ fault }, 1e6)).toMatchObject({
      state: 'unplayable',
      sentence: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  test('a video without frames is not playable', () => {
    expect(reportMedia(raw({ times: [] }), 1e6)).toMatchObject({ state: 'unplayable' });
  });
});
