import { expect, test } from 'vitest';
import { type ChainMark, chainSpans, frameOfMention } from './chain-marks';

const bounds = { durationSeconds: 5, seenFrames: [0, 10, 20, 30] };
const told = (response: string, withVideo: boolean): string[] =>
  chainSpans(
    response,
    [{ check: 'consistency', role: 'conclusion', start: 0, end: 4 }],
    withVideo ? bounds : undefined,
  ).map(({ start, end, mark }) => `${response.slice(start, end)}: ${wordOf(mark)}`);
const wordOf = (mark: ChainMark): string =>
  mark.kind === 'evidence' ? mark.evidence.role : mark.kind === 'tag' ? 'tag' : mark.outside ? 'outside' : 'link';

test.each([
  ['tags and evidence', 'So B<answer>B</answer>', true, ['<answer>: tag', '</answer>: tag', 'So B: conclusion']],
  [
    'a time inside and one outside',
    'Look at 0:03 and 1:30.',
    true,
    ['Look: conclusion', '0:03: link', '1:30: outside'],
  ],
  [
    'frames count what the model saw',
    'In frame 4 and frame 9',
    true,
    ['In f: conclusion', 'frame 4: link', 'frame 9: outside'],
  ],
  ['no video, no links', 'Look at 0:03', false, ['Look: conclusion']],
  ['hostile markup is text like any other', '<img onerror=x>', true, ['<img: conclusion']],
] as const)('%s', (_name, response, withVideo, expected) => {
  expect(told(response, withVideo)).toEqual(expected);
});

test.each([
  ['from 1', 2, 10],
  ['a model that counts from 0', 0, 0],
  ['beyond', 9, undefined],
] as const)('frame of a mention: %s', (_name, index, expected) => {
  expect(frameOfMention({ kind: 'frame', start: 0, end: 1, index }, bounds)).toBe(expected);
});
