import { expect, test } from 'vitest';
import { formatDuration, formatSpeed, sayPairs, saySource } from './cost-text';
import type { Speed } from './measured-speed';

test.each([
  [0.2, '1 s'],
  [42.4, '42 s'],
  [89, '89 s'],
  [120, '2 min'],
  [5_370, '1 h 30 min'],
  [7_500, '2 h 05 min'],
])('%d seconds: %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

const speed = (changes: Partial<Speed>): Speed => ({
  secondsPerUnit: 0.25,
  jobs: 1,
  nearness: 'run',
  instead: null,
  ...changes,
});

test.each([
  [speed({}), '1 job of this run', '4 per second'],
  [speed({ jobs: 3, nearness: 'base', secondsPerUnit: 12.34 }), '3 jobs of runs from the same base', '12 s each'],
  [
    speed({ nearness: 'trainer', instead: 'sample', secondsPerUnit: 0.003 }),
    '1 job of other models on this trainer, sampling',
    '330 per second',
  ],
])('a speed and its source', (given, source, text) => {
  expect([saySource(given), formatSpeed(given)]).toEqual([source, text]);
});

test.each([
  [{ count: 1_200, sure: 'exactly' }, '1,200'],
  [{ count: 150, sure: 'about' }, 'about 150'],
  [{ count: 400, sure: 'at most' }, 'at most 400'],
] as const)('pairs', (pairs, text) => {
  expect(sayPairs(pairs)).toBe(text);
});
