import { expect, test } from 'vitest';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { differingFrom, formatThresholdsAddress, parseThresholdsAddress } from './address';
import { countUpTo, MOST_TOKENS, pointsOf, shareAt, tokensAt } from './thresholds';

const run = '00000000-0000-4000-8000-000000000001';
const from = '00000000-0000-4000-8000-000000000002';

test('an address comes back as it was', () => {
  const state = { asked: { run, from }, moved: { maxRepetition: 0.25, minThinkTokens: 64 } };
  expect(parseThresholdsAddress(formatThresholdsAddress(state.asked, state.moved))).toEqual(state);
});

test('an address holds what is said, in a fixed order', () => {
  const address = formatThresholdsAddress({ from, run }, { minThinkTokens: 64, maxRepetition: 0 });
  expect(address.toString()).toBe(`run=${run}&from=${from}&maxRepetition=0&minThinkTokens=64`);
  expect(formatThresholdsAddress({}, {}).toString()).toBe('');
});

test.each([
  ['no uuid', 'run=1&from=&iteration=..%2F', {}, {}],
  ['no number', 'maxRepetition=much&minAccuracy=&minThinkTokens=NaN', {}, {}],
  ['blanks', 'run=%20&maxRepetition=%20', {}, {}],
  ['one good part', `run=${run}&maxRepetition=0.5&other=1`, { run }, { maxRepetition: 0.5 }],
] as const)('what means nothing is left out: %s', (_name, address, asked, moved) => {
  expect(parseThresholdsAddress(new URLSearchParams(address))).toStrictEqual({ asked, moved });
});

test('only what differs from the version is said', () => {
  expect(differingFrom(defaultVerifierSettings, { maxRepetition: 0.3, minAccuracy: 0.5 })).toEqual({
    minAccuracy: 0.5,
  });
});

test('tokens lie on a scale with a place for each', () => {
  for (const tokens of [0, 1, 16, 500, 4096, MOST_TOKENS]) expect(tokensAt(shareAt(tokens))).toBe(tokens);
  expect([shareAt(0), shareAt(MOST_TOKENS), shareAt(99_999)]).toEqual([0, 1, 1]);
  const values = pointsOf('minThinkTokens');
  expect(new Set(values).size).toBe(values.length);
  expect([...values].sort((a, b) => a - b)).toEqual(values);
});

test.each([
  [0, 0, 1],
  [1, 1, 2],
  [1.5, 2, 2],
  [9, 3, 3],
  [-1, 0, 0],
] as const)('of 0, 1 and 2 there are %d below or at', (value, below, upTo) => {
  expect(countUpTo([0, 1, 2], value, false)).toBe(below);
  expect(countUpTo([0, 1, 2], value, true)).toBe(upTo);
});
