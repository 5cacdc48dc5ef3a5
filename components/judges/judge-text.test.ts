import { expect, test } from 'vitest';
import { formatMs, formatUsd, limitOf, numberOf } from './judge-text';

test.each([
  [0, '$0.00'],
  [0.00421, '$0.0042'],
  [0.5, '$0.5000'],
  [12.345, '$12.35'],
])('%f dollars', (usd, text) => expect(formatUsd(usd)).toBe(text));

test.each([
  [null, '–'],
  [12.4, '12 ms'],
  [2345, '2.3 s'],
])('%s milliseconds', (ms, text) => expect(formatMs(ms)).toBe(text));

test('an empty field is no number, and no limit', () => {
  expect([numberOf(' '), numberOf('8'), limitOf(''), limitOf('0')]).toEqual([Number.NaN, 8, null, 0]);
});
