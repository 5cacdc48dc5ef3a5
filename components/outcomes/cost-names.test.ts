import { expect, test } from 'vitest';
import { ratioText, secondsText, stageCostName, timeText, timeUnitOf } from './cost-names';

test.each([
  [null, '–'],
  [0, '0 s'],
  [0.0712, '0.0712 s'],
  [38.2439, '38.2 s'],
  [99.96, '1 min 40 s'],
  [292.22, '4 min 52 s'],
  [3_599.7, '1 h 00 min'],
  [7_500, '2 h 05 min'],
] as const)('%d seconds are %s', (seconds, text) => expect(timeText(seconds)).toBe(text));

test('an axis has the unit that its ends are read in', () => {
  expect([599, 600, 36_000].map((most) => timeUnitOf(most).short)).toEqual(['s', 'min', 'h']);
});

test('ratios and rates have no more digits than they carry', () => {
  expect([ratioText(6.105), ratioText(0.763), ratioText(null)]).toEqual(['6.1×', '0.76×', '–']);
  expect([secondsText(0.60877), secondsText(null)]).toEqual(['0.609 s', '–']);
});

test('activation is GRPO of its own name, and plain sampling has one', () => {
  expect(stageCostName({ kind: 'grpo', stage: 'activation', k: 0 })).toBe('Activation 0');
  expect(stageCostName({ kind: 'rollout', stage: 'grpo', k: 2 })).toBe('Sampling 2');
});
