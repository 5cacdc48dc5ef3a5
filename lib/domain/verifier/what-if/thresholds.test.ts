import { expect, test } from 'vitest';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { snapshotFixture } from './fixture';
import { histogramOf, inTurns } from './threshold-scores';
import { isTokens, pointsOf, thresholdNames, withMoved } from './thresholds';

test('two thresholds are in tokens', () => {
  expect(thresholdNames.filter(isTokens)).toEqual(['minThinkTokens', 'maxThinkTokens']);
  expect(pointsOf('minThinkTokens').at(-1)).toBe(32_768);
  expect(pointsOf('maxRepetition').at(-1)).toBe(1);
});

test.each(thresholdNames)('only %s moves', (name) => {
  const base = { ...defaultVerifierSettings, minAccuracy: 0.9, minThinkTokens: 3, maxThinkTokens: 7 };
  const value = isTokens(name) ? 5 : 0.125;
  expect(withMoved(base, { [name]: value })).toEqual({ ...base, [name]: value });
  expect(withMoved(base, { [name]: 0 })).toEqual({ ...base, [name]: 0 });
  expect(withMoved(base, {})).toEqual(base);
});

const rows = [
  { repetition: 0, thinkTokens: 5, accuracy: 0.5 },
  { repetition: 0.5, thinkTokens: 10, accuracy: 1 },
  { repetition: 1, thinkTokens: 20, accuracy: null },
  { repetition: 0.5, thinkTokens: 30, accuracy: 0.2, kind: 'text' },
] as const;

test.each([
  ['maxRepetition', [0, 0.5, 1], [1, 3], 4],
  ['maxRepetition', [0, 0.25, 0.5, 1], [1, 0, 3], 4],
  ['minThinkTokens', [0, 10, 20], [1, 3], 4],
  ['minAccuracy', [0, 0.5, 1], [0, 2], 2],
  ['minAccuracyGraded', [0, 0.5, 1], [1, 0], 1],
  ['formatReward', [0, 0.5, 1], [0, 0], 0],
] as const)('the spread of %s over %j', (name, values, bins, scored) => {
  expect(histogramOf(snapshotFixture(rows), name, values)).toEqual({ bins, scored });
});

// At least and below change behind the score itself; above changes at it.
test.each([
  ['maxRepetition', [0, 0.5, 1], [0, 1, 3, 2], [0, 1, 3, 4, 4]],
  ['minThinkTokens', [0, 10, 20], [0, 1, 2, 3], [0, 0, 1, 2, 4]],
  ['maxThinkTokens', [0, 10, 20], [0, 1, 2, 3], [0, 0, 2, 3, 4]],
  ['minAccuracy', [0, 0.5, 1], [0, 1, 2, 3], [0, 0, 0, 1, 4]],
  ['formatReward', [0, 0.5, 1], [0, 1, 2, 3], [0, 0, 0, 0, 4]],
] as const)('the turns of %s over %j', (name, values, order, starts) => {
  const turns = inTurns(snapshotFixture(rows), name, values);
  expect([...turns.rows]).toEqual(order);
  expect([...turns.starts]).toEqual(starts);
});
