import { expect, test } from 'vitest';
import { sizeThinking } from './thinking-size';

// Idle, each takes less than 100 ms; the bound is wide for busy machines, and far below what quadratic time would take.
test.each([
  ['300,000 words', 'word '.repeat(300_000), 300_000],
  ['300,000 short sentences', 'A b. C d.\n'.repeat(75_000), 300_000],
  ['abbreviations', 'e.g. '.repeat(300_000), 600_000],
  ['formulas that never close', '\\[ x '.repeat(300_000), 300_000],
  ['marks', '.'.repeat(1_500_000), 0],
  ['marks and closing quotes', '."'.repeat(750_000), 0],
  ['one word', 'w'.repeat(1_500_000), 1],
  ['Chinese', '视频中的人走进。'.repeat(40_000), 280_000],
  ['thinking that opens over and over', '<think>'.repeat(200_000), 200_000],
])('%s, in linear time', (_name, text, words) => {
  const start = performance.now();
  expect(sizeThinking(`<think>${text}`).words).toBe(words);
  expect(performance.now() - start).toBeLessThan(2_000);
});
