import { expect, test } from 'vitest';
import { type ExportPair, formatPair, formatPairs, llamaFactoryDatasetInfo, pairFormats } from './pair-export';
import { all } from './test-support';

const pair: ExportPair = {
  id: 'p1',
  prompt: 'Who <video> is it?',
  system: 'Think.',
  chosen: '<think>t</think><answer>A</answer>',
  rejected: 'no <image> here',
  modality: 'video',
  mediaPath: '/media/v.mp4',
  type: 'accuracy',
};
const tail = { videos: ['/media/v.mp4'], pair_id: 'p1', pair_type: 'accuracy' };

test.each([
  [
    'trl',
    {
      prompt: [
        { role: 'system', content: 'Think.' },
        { role: 'user', content: 'Who <video> is it?' },
      ],
      chosen: [{ role: 'assistant', content: pair.chosen }],
      rejected: [{ role: 'assistant', content: pair.rejected }],
      ...tail,
    },
  ],
  [
    'ms-swift',
    {
      messages: [
        { role: 'system', content: 'Think.' },
        { role: 'user', content: '<video>Who < video> is it?' },
        { role: 'assistant', content: pair.chosen },
      ],
      rejected_response: 'no < image> here',
      ...tail,
    },
  ],
  [
    'llama-factory',
    {
      conversations: [{ from: 'human', value: '<video>Who < video> is it?' }],
      chosen: { from: 'gpt', value: pair.chosen },
      rejected: { from: 'gpt', value: 'no < image> here' },
      system: 'Think.',
      ...tail,
    },
  ],
  [
    'openrlhf',
    {
      prompt: [
        { role: 'system', content: 'Think.' },
        { role: 'user', content: 'Who <video> is it?' },
      ],
      chosen: [{ role: 'assistant', content: pair.chosen }],
      rejected: [{ role: 'assistant', content: pair.rejected }],
      ...tail,
    },
  ],
] as const)('%s: one line, keys in order', (format, row) => {
  expect(formatPair(format, pair)).toBe(`${JSON.stringify(row)}\n`);
});

test.each(pairFormats)('%s: text has no media column, an image its own', (format) => {
  const text = formatPair(format, { ...pair, system: null, modality: 'text', mediaPath: null });
  expect(text).not.toMatch(/"videos"|"images"|"system"|"<video>/);
  expect(formatPair(format, { ...pair, modality: 'image', mediaPath: 'a.png' })).toContain('"images":["a.png"]');
});

test('a stream gives one line per pair', async () => {
  const rows = await all(formatPairs('trl', [pair, { ...pair, chosen: 'line\nbreak \u2028' }]));
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => row.endsWith('\n') && row.indexOf('\n') === row.length - 1)).toBe(true);
});

test('LLaMA-Factory is told where things are', () => {
  expect(JSON.parse(llamaFactoryDatasetInfo('set-1', 'set-1.jsonl'))).toMatchObject({
    'set-1': {
      file_name: 'set-1.jsonl',
      formatting: 'sharegpt',
      ranking: true,
      columns: { chosen: 'chosen', videos: 'videos' },
    },
  });
});
