import { expect, test } from 'vitest';
import { parseRange } from './file-response';

test.each([
  ['no header', null, null],
  ['the first bytes', 'bytes=0-9', { start: 0, end: 9 }],
  ['from the middle', 'bytes=50-', { start: 50, end: 99 }],
  ['past the end', 'bytes=90-500', { start: 90, end: 99 }],
  ['the last bytes', 'bytes=-10', { start: 90, end: 99 }],
  ['more than there are', 'bytes=-500', { start: 0, end: 99 }],
  ['nothing from the end', 'bytes=-0', 'unsatisfiable'],
  ['behind the end', 'bytes=100-', 'unsatisfiable'],
  ['backwards', 'bytes=9-0', null],
  ['several', 'bytes=0-1,5-6', null],
  ['another unit', 'lines=0-1', null],
  ['no numbers', 'bytes=-', null],
  ['too many digits', `bytes=${'9'.repeat(40)}-`, null],
] as const)('%s', (_name, header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});

test('an empty file has no range', () => {
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
});
