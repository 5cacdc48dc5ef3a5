import { expect, test } from 'vitest';
import { formatRolloutCursor, parseRolloutCursor } from './cursor';

test.each([
  ['by import order', { value: null, seq: '12' }],
  ['by a whole number', { value: 400, seq: '9007199254740993' }],
  ['by a fraction', { value: 0.333333, seq: '1' }],
  ['by a negative number', { value: -1.5e-7, seq: '0' }],
])('%s survives', (_name, cursor) => {
  expect(parseRolloutCursor(formatRolloutCursor(cursor))).toEqual(cursor);
});

test.each([
  ['nothing', ''],
  ['no base64', '%%%'],
  ['base64 of no length', 'A'],
  ['no JSON', btoa('seq > 1; --').replaceAll('=', '')],
  ['another shape', btoa('{"seq":1}').replaceAll('=', '')],
  ['a sequence that is no number', btoa('[1,"1 OR 1=1"]').replaceAll('=', '')],
  ['a value beyond every column', btoa('[1e300,"1"]').replaceAll('=', '')],
  ['endless', 'A'.repeat(10_000)],
])('%s is no cursor', (_name, text) => {
  expect(parseRolloutCursor(text)).toBeUndefined();
});
